using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>Collects in what a schema differs from what the applied migrations make.</summary>
internal static class SchemaDifferences
{
    /// <returns>By the name of the database.</returns>
    public static ILookup<string, SchemaDifference> In(SetCheck check) =>
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
