namespace RagStudio.Data.Migrator.Plan;

/// <summary>A query that counts present rows, under their tables' and columns' present names.</summary>
/// <param name="Kind">The kind of count.</param>
/// <param name="Table">The table.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Condition">The condition; <see langword="null"/> for all rows.</param>
internal sealed record DataQuery(
    DataQueryKind Kind,
    string Table,
    IReadOnlyList<string> Columns,
    string? Condition = null
)
{
    /// <summary>The rows that a migration deletes, if the query counts those.</summary>
    public RowsToDelete? Deleted { get; init; }

    /// <summary>The SQL, whose single column and row is the count; no row means 0.</summary>
    public string Sql(Quoting quote)
    {
        var table = quote.Table(Table);
        var columns = Columns.Select(quote.Column).ToArray();
        return Kind switch
        {
            DataQueryKind.Values => $"SELECT count(*) FROM {table} WHERE {columns[0]} IS NOT NULL",
            DataQueryKind.Nulls => $"SELECT count(*) FROM {table} WHERE {columns[0]} IS NULL",
            DataQueryKind.Matching => $"SELECT count(*) FROM {table} WHERE {Deleted?.Text(quote) ?? Condition}",
            DataQueryKind.Duplicates when columns.Length == 0 =>
                $"SELECT min(1) FROM {table}{Where([])} HAVING count(*) > 1",
            DataQueryKind.Duplicates =>
                $"SELECT count(*) FROM (SELECT 1 FROM {table}{Where(columns)} GROUP BY {string.Join(", ", columns)} HAVING count(*) > 1) AS d",
            _ => $"SELECT count(*) FROM {table}",
        };
    }

    /// <summary>Rows with a NULL in a unique index are never equal.</summary>
    private string Where(IEnumerable<string> columns)
    {
        var conditions = columns.Select(column => $"{column} IS NOT NULL");
        var all = Condition is null ? conditions : conditions.Append($"({Condition})");
        var joined = string.Join(" AND ", all);
        return joined.Length == 0 ? "" : $" WHERE {joined}";
    }
}
