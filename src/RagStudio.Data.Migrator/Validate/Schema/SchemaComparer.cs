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
        var found = Find(expected, actual, isOfMigration);
        return (found.Findings, found.Warnings);
    }

    /// <summary>Compares a schema with another one, of which nothing is unexpected that is allowed to be there.</summary>
    public static IReadOnlyList<ObjectDifference> Differences(DatabaseSchema expected, DatabaseSchema actual) =>
        Find(expected, actual, isOfMigration: null).Differences;

    private static SchemaFindings Find(
        DatabaseSchema expected,
        DatabaseSchema actual,
        Func<string, bool>? isOfMigration
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
                    $"table {table.Name}",
                    table.Name,
                    $"no applied migration creates the table '{table.Name}'"
                )
        );
        CompareViews(expected, actual, found);
        CompareObjects(expected, actual, found);
        return found;
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
                    $"view {view.Name}",
                    view.Name,
                    $"no applied migration creates the view '{view.Name}'"
                )
        );

    private static void CompareObjects(DatabaseSchema expected, DatabaseSchema actual, SchemaFindings found) =>
        SchemaPairs.Match(
            expected.Objects,
            actual.Objects,
            (one, there) => one.Kind == there.Kind && actual.Names.Equals(one.Name, there.Name),
            missing: one => found.AddObject(one, "is missing"),
            both: (one, there) =>
            {
                if (one.Definition != there.Definition)
                {
                    found.AddObject(one, Difference(one.Definition, there.Definition));
                }
            },
            extra: one =>
                found.Warn(
                    ValidationWarningKind.UnexpectedObject,
                    $"{one.Kind} {one.Name}",
                    one.Name,
                    $"no applied migration creates the {one.Kind} '{one.Name}'"
                )
        );

    /// <summary>A definition of several lines says more by itself than beside another one.</summary>
    private static string Difference(string expected, string actual) =>
        expected.Contains('\n') || actual.Contains('\n')
            ? "differs from what the applied migrations create"
            : $"is {actual}, not {expected}";
}
