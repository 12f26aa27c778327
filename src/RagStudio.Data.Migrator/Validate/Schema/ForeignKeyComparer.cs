using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>Compares the foreign keys of a table. Their names do not matter.</summary>
internal sealed class ForeignKeyComparer(TableSchema expected, TableSchema actual, SchemaFindings found)
{
    private readonly string _table = expected.Name;

    /// <param name="missingColumns">Missing columns, whose keys are not reported again.</param>
    /// <param name="extraColumns">Unexpected columns, whose keys are not reported again.</param>
    public void Compare(HashSet<string> missingColumns, HashSet<string> extraColumns)
    {
        var (missing, extra) = SchemaPairs.Unlike(
            expected.ForeignKeys.Where(key => !key.Columns.Any(missingColumns.Contains)),
            actual.ForeignKeys.Where(key => !key.Columns.Any(extraColumns.Contains)),
            AreLike
        );
        SchemaPairs.Match(
            missing,
            extra,
            (key, there) => IsSame(ColumnsOf(key), ColumnsOf(there)),
            missing: key => Add(key, $"{NameOf(key)} to {Describe(key)} is missing"),
            both: (key, there) => Add(key, $"{NameOf(key)} refers to {Describe(there)}, not to {Describe(key)}"),
            extra: key => Add(key, $"no applied migration creates {NameOf(key)} to {Describe(key)}")
        );
    }

    private bool AreLike(ForeignKeySchema key, ForeignKeySchema there) =>
        IsSame(ColumnsOf(key), ColumnsOf(there))
        && IsSame(key.ParentTable, there.ParentTable)
        && AreLike(key.ParentColumns, there.ParentColumns)
        && IsSame(key.OnUpdate, there.OnUpdate)
        && IsSame(key.OnDelete, there.OnDelete);

    /// <summary>
    /// True if two column lists match. A key without parent columns refers to the parent's primary key, which
    /// is unknown while the parent is missing.
    /// </summary>
    private bool AreLike(IReadOnlyList<string> columns, IReadOnlyList<string> there) =>
        columns.Count == 0 || there.Count == 0 || columns.SequenceEqual(there, actual.Names);

    private bool IsSame(string one, string other) => actual.Names.Equals(one, other);

    private static string ColumnsOf(ForeignKeySchema key) => string.Join(", ", key.Columns);

    private string NameOf(ForeignKeySchema key) => $"the foreign key {ColumnsOf(key)} of '{_table}'";

    private static string Describe(ForeignKeySchema key) =>
        $"'{key.ParentTable}' ({string.Join(", ", key.ParentColumns)}) ON UPDATE {key.OnUpdate} ON DELETE {key.OnDelete}";

    private void Add(ForeignKeySchema key, string detail) =>
        found.Add($"foreign key {_table} ({ColumnsOf(key)})", _table, null, detail);
}
