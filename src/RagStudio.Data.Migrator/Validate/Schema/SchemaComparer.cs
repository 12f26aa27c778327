using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>Compares a schema with the expected one. The order of columns does not matter.</summary>
internal static class SchemaComparer
{
    /// <param name="expected">The expected schema.</param>
    /// <param name="actual">The actual schema.</param>
    /// <param name="isOfMigration">True if any migration creates a trigger of the given name.</param>
    public static (IReadOnlyList<ValidationFinding> Findings, IReadOnlyList<ValidationWarning> Warnings) Compare(
        DatabaseSchema expected,
        DatabaseSchema actual,
        Func<string, bool>? isOfMigration = null
    )
    {
        var found = new SchemaFindings();
        SchemaPairs.Match(
            expected.Tables,
            actual.Tables,
            (table, there) => actual.Names.Equals(table.Name, there.Name),
            missing: table => found.AddMissingTable(table.Name),
            both: (table, there) => new TableComparer(table, there, found, isOfMigration ?? (_ => false)).Compare(),
            extra: table =>
                found.Warn(
                    ValidationWarningKind.UnexpectedTable,
                    table.Name,
                    $"no applied migration creates the table '{table.Name}'"
                )
        );
        CompareViews(expected, actual, found);
        return (found.Findings, found.Warnings);
    }

    private static void CompareViews(DatabaseSchema expected, DatabaseSchema actual, SchemaFindings found) =>
        SchemaPairs.Match(
            expected.Views,
            actual.Views,
            (view, there) => actual.Names.Equals(view.Name, there.Name),
            missing: view => found.Add($"view {view.Name}", view.Name, null, $"the view '{view.Name}' is missing"),
            both: (view, there) =>
            {
                if (view.Definition != there.Definition)
                {
                    found.Add(
                        $"view {view.Name}",
                        view.Name,
                        null,
                        $"the view '{view.Name}' differs from what the applied migrations create"
                    );
                }
            },
            extra: view =>
                found.Warn(
                    ValidationWarningKind.UnexpectedObject,
                    view.Name,
                    $"no applied migration creates the view '{view.Name}'"
                )
        );
}
