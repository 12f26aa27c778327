using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>Collects the differences between a schema and the one that the applied migrations create.</summary>
internal static class SchemaDifferences
{
    /// <returns>The differences by database name.</returns>
    public static ILookup<string, SchemaDifference> Collect(SetCheck check) =>
        check
            .Databases.SelectMany(database =>
                Select(database).Select(difference => (database.Database, Difference: difference))
            )
            .ToLookup(pair => pair.Database, pair => pair.Difference);

    private static IEnumerable<SchemaDifference> Select(DatabaseCheck check) =>
        check
            .Findings.Where(finding =>
                finding.Kind is ValidationErrorKind.SchemaMismatch or ValidationErrorKind.MissingTable
            )
            .SelectMany(finding => finding.First)
            .Select(error => new SchemaDifference(error.Id ?? error.Table ?? "", error.Detail))
            .Concat(
                check
                    .Warnings.Where(warning =>
                        warning.Kind is ValidationWarningKind.UnexpectedTable or ValidationWarningKind.UnexpectedObject
                    )
                    .Select(warning => new SchemaDifference(warning.Table ?? "", warning.Detail))
            )
            .Where(difference => difference.Name.Length > 0);
}
