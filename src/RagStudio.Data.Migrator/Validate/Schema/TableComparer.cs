using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>Compares a table with the expected one.</summary>
/// <param name="expected">The expected table.</param>
/// <param name="actual">The actual table.</param>
/// <param name="found">Receives the differences.</param>
/// <param name="isOfMigration">
/// True if any migration creates a trigger of the given name, even if EF's rebuilds have lost it since.
/// </param>
internal sealed class TableComparer(
    TableSchema expected,
    TableSchema actual,
    SchemaFindings found,
    Func<string, bool> isOfMigration
)
{
    private readonly string _table = expected.Name;
    private readonly HashSet<string> _missingColumns = new(actual.Names);
    private readonly HashSet<string> _extraColumns = new(actual.Names);

    public void Compare()
    {
        if (!string.Equals(expected.Traits, actual.Traits, StringComparison.OrdinalIgnoreCase))
        {
            found.Add(
                $"table {_table}",
                _table,
                null,
                $"the table '{_table}' is {Kind(actual.Traits)}, not {Kind(expected.Traits)}"
            );
            if (expected.Columns.Count == 0 || actual.Columns.Count == 0)
            {
                // A virtual table and an ordinary one have nothing to compare.
                return;
            }
        }
        CompareColumns();
        new IndexComparer(expected, actual, found).Compare(_missingColumns);
        new ForeignKeyComparer(expected, actual, found).Compare(_missingColumns, _extraColumns);
        CompareChecks();
        CompareTriggers();
    }

    private static string Kind(string traits) => traits.Length == 0 ? "an ordinary one" : traits;

    private void CompareColumns() =>
        SchemaPairs.Match(
            expected.Columns,
            actual.Columns,
            (column, there) => actual.Names.Equals(column.Name, there.Name),
            missing: column =>
            {
                _missingColumns.Add(column.Name);
                Add("column", column.Name, $"the column '{column.Name}' of '{_table}' is missing");
            },
            both: CompareColumn,
            extra: column =>
            {
                _extraColumns.Add(column.Name);
                Add("column", column.Name, $"no applied migration creates the column '{column.Name}' of '{_table}'");
            }
        );

    private void CompareColumn(ColumnSchema column, ColumnSchema there)
    {
        string?[] differences =
        [
            Difference("type", column.Type.ToUpperInvariant(), there.Type.ToUpperInvariant()),
            Difference("nullability", Nullability(column), Nullability(there)),
            Difference(column.IsComputed ? "value" : "default", column.Default, there.Default),
            Difference("place in the primary key", PlaceOf(column), PlaceOf(there)),
            Difference("computed", column.IsComputed ? "yes" : "no", there.IsComputed ? "yes" : "no"),
            Difference("collation", column.Collation, there.Collation),
        ];
        if (differences.OfType<string>().ToArray() is { Length: > 0 } differ)
        {
            Add("column", column.Name, $"the column '{column.Name}' of '{_table}' has {string.Join("; ", differ)}");
        }
    }

    private static string? Difference(string what, string? expected, string? actual) =>
        expected == actual ? null : $"{what} {OrNone(actual)}, not {OrNone(expected)}";

    private static string OrNone(string? text) => string.IsNullOrEmpty(text) ? "none" : text;

    private static string Nullability(ColumnSchema column) => column.IsNullable ? "NULL" : "NOT NULL";

    private static string? PlaceOf(ColumnSchema column) =>
        column.PrimaryKeyOrder == 0 ? null : $"{column.PrimaryKeyOrder}";

    private void CompareChecks()
    {
        var (missing, extra) = SchemaPairs.Unlike(expected.Checks, actual.Checks, string.Equals);
        if (missing.Count == 1 && extra.Count == 1)
        {
            AddCheck(missing[0], $"the check ({missing[0]}) of '{_table}' is ({extra[0]})");
            return;
        }
        foreach (var check in missing)
        {
            AddCheck(check, $"the check ({check}) of '{_table}' is missing");
        }
        foreach (var check in extra)
        {
            AddCheck(check, $"no applied migration creates the check ({check}) of '{_table}'");
        }
    }

    private void AddCheck(string check, string detail) => found.Add($"check {_table} ({check})", _table, null, detail);

    private void CompareTriggers() =>
        SchemaPairs.Match(
            expected.Triggers,
            actual.Triggers,
            (trigger, there) => actual.Names.Equals(trigger.Name, there.Name),
            missing: trigger => Add("trigger", trigger.Name, $"the trigger '{trigger.Name}' of '{_table}' is missing"),
            both: (trigger, there) =>
            {
                if (trigger.Definition != there.Definition)
                {
                    var detail =
                        $"the trigger '{trigger.Name}' of '{_table}' differs from what the applied migrations create";
                    Add("trigger", trigger.Name, detail);
                }
            },
            extra: AddExtra
        );

    /// <summary>
    /// An unknown trigger changes rows without anyone noticing. A trigger that was preserved across EF's
    /// rebuild comes from a migration.
    /// </summary>
    private void AddExtra(SchemaObject trigger)
    {
        var detail = $"no applied migration creates the trigger '{trigger.Name}' of '{_table}'";
        if (isOfMigration(trigger.Name))
        {
            found.Warn(ValidationWarningKind.UnexpectedObject, $"trigger {_table}.{trigger.Name}", _table, detail);
            return;
        }
        Add("trigger", trigger.Name, detail);
    }

    private void Add(string what, string name, string detail) =>
        found.Add($"{what} {_table}.{name}", _table, name, detail);
}
