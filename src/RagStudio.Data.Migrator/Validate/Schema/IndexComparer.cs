using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>Compares the indexes of a table by name, and those of constraints by their definition.</summary>
internal sealed class IndexComparer(TableSchema expected, TableSchema actual, SchemaFindings found)
{
    private readonly string _table = expected.Name;

    /// <param name="missingColumns">Missing columns, whose indexes are not reported again.</param>
    public void Compare(HashSet<string> missingColumns)
    {
        var wanted = expected.Indexes.Where(index => !IsOfAny(index, missingColumns)).ToArray();
        CompareNamed(wanted);
        CompareUnnamed(wanted);
    }

    private void CompareNamed(IndexSchema[] wanted) =>
        SchemaPairs.Match(
            wanted.Where(index => index.Name is not null),
            actual.Indexes.Where(index => index.Name is not null),
            (index, there) => actual.Names.Equals(index.Name, there.Name),
            missing: index => Add(index, $"the index '{index.Name}' of '{_table}' is missing: {Describe(index)}"),
            both: CompareIndex,
            extra: index => Warn(index, $"no applied migration creates the index '{index.Name}' of '{_table}'")
        );

    private void CompareUnnamed(IndexSchema[] wanted) =>
        SchemaPairs.Match(
            wanted.Where(index => index.Name is null && !IsPrimaryKey(expected, index)),
            actual.Indexes.Where(index => index.Name is null && !IsPrimaryKey(actual, index)),
            (index, there) => actual.Names.Equals(Describe(index), Describe(there)),
            missing: index => Add(index, $"the constraint of '{_table}' is missing: {Describe(index)}"),
            both: (_, _) => { },
            extra: index => Warn(index, $"no applied migration creates the constraint of '{_table}': {Describe(index)}")
        );

    private bool IsOfAny(IndexSchema index, HashSet<string> columns) =>
        index.Columns.Any(indexed => columns.Any(column => IsOf(indexed, column)));

    /// <summary>True if a part of an index is a column, with or without what follows it: a collation, an order.</summary>
    private bool IsOf(string indexed, string column) =>
        actual.Names.Equals(indexed, column)
        || indexed.Length > column.Length
            && indexed[column.Length] == ' '
            && actual.Names.Equals(indexed[..column.Length], column);

    /// <summary>The columns record their own position in the primary key.</summary>
    private bool IsPrimaryKey(TableSchema table, IndexSchema index) =>
        index.Columns.Count == table.PrimaryKey.Count
        && index.Columns.Zip(table.PrimaryKey).All(pair => IsOf(pair.First, pair.Second));

    private void CompareIndex(IndexSchema index, IndexSchema there)
    {
        var isLike = actual.Names.Equals(Describe(index), Describe(there)) && index.Filter == there.Filter;
        if (!isLike)
        {
            Add(index, $"the index '{index.Name}' of '{_table}' is {Describe(there)}, not {Describe(index)}");
        }
    }

    private static string Describe(IndexSchema index)
    {
        var columns = $"{(index.IsUnique ? "UNIQUE " : "")}({string.Join(", ", index.Columns)})";
        return index.Filter is null ? columns : $"{columns} WHERE {index.Filter}";
    }

    private void Add(IndexSchema index, string detail) => found.Add(KeyOf(index), _table, index.Name, detail);

    private void Warn(IndexSchema index, string detail) =>
        found.Warn(ValidationWarningKind.UnexpectedObject, KeyOf(index), _table, detail);

    private string KeyOf(IndexSchema index) => $"index {_table}.{index.Name ?? Describe(index)}";
}
