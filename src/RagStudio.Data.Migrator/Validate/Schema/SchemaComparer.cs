using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>Compares a schema with the one that it should be. The order of columns means nothing.</summary>
internal static class SchemaComparer
{
    /// <param name="expected">The schema as it should be.</param>
    /// <param name="actual">The schema as it is.</param>
    /// <param name="isOfMigration">Tells whether any migration creates a trigger of a name.</param>
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
            table => table.Name,
            missing: table => found.AddMissingTable(table.Name),
            both: (table, there) => new TableComparer(table, there, found, isOfMigration ?? (_ => false)).Compare(),
            extra: table =>
                found.Warn(
                    ValidationWarningKind.UnexpectedTable,
                    table.Name,
                    $"no applied migration makes the table '{table.Name}'"
                )
        );
        CompareViews(expected, actual, found);
        return (found.Findings, found.Warnings);
    }

    private static void CompareViews(DatabaseSchema expected, DatabaseSchema actual, SchemaFindings found) =>
        SchemaPairs.Match(
            expected.Views,
            actual.Views,
            view => view.Name,
            missing: view => found.Add($"view {view.Name}", view.Name, null, $"the view '{view.Name}' is missing"),
            both: (view, there) =>
            {
                if (view.Definition != there.Definition)
                {
                    found.Add(
                        $"view {view.Name}",
                        view.Name,
                        null,
                        $"the view '{view.Name}' is not as the applied migrations make it"
                    );
                }
            },
            extra: view =>
                found.Warn(
                    ValidationWarningKind.UnexpectedObject,
                    view.Name,
                    $"no applied migration makes the view '{view.Name}'"
                )
        );
}
