using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>The rows of a table that a migration deletes, as SQL can find them now.</summary>
/// <param name="Table">The table's present name.</param>
/// <param name="Condition">
/// Returns the condition, with names quoted as the database requires; <see langword="null"/> to delete all
/// rows.
/// </param>
internal sealed record RowsToDelete(string Table, Func<Quoting, string>? Condition)
{
    /// <summary>The values of the condition's parameters.</summary>
    public IReadOnlyList<(string Name, object Value)> Parameters { get; init; } = [];

    /// <summary>The rows that match a statement's own condition.</summary>
    public static RowsToDelete Where(string table, string condition) => new(table, _ => condition);

    /// <summary>The rows with given keys.</summary>
    public static RowsToDelete WithKeys(string table, IReadOnlyList<string> columns, object?[,] keys, string prefix)
    {
        var parameters = new List<(string Name, object Value)>();
        for (var row = 0; row < keys.GetLength(0); row++)
        {
            for (var column = 0; column < columns.Count; column++)
            {
                parameters.Add(($"@{prefix}_{row}_{column}", keys[row, column] ?? DBNull.Value));
            }
        }
        var names = parameters.Select(parameter => parameter.Name).Chunk(columns.Count);
        return new RowsToDelete(table, quote => string.Join(" OR ", names.Select(row => KeyIs(row, quote))))
        {
            Parameters = parameters,
        };

        string KeyIs(string[] row, Quoting quote) =>
            $"({string.Join(" AND ", columns.Zip(row, (column, name) => $"{quote.Column(column)} = {name}"))})";
    }

    /// <summary>The rows of another table that refer to these.</summary>
    public RowsToDelete Referring(string table, ForeignKeySchema key) =>
        new(
            table,
            quote => $"({Join(key.Columns, quote)}) IN (SELECT {Join(key.ParentColumns, quote)} FROM {From(quote)})"
        )
        {
            Parameters = Parameters,
        };

    /// <summary>These rows, and those of the same table that refer to them directly or indirectly.</summary>
    public RowsToDelete WithDescendants(ForeignKeySchema key) =>
        new(
            Table,
            quote =>
            {
                var (table, child, parent) = (
                    quote.Table(Table),
                    key.Columns.Select(quote.Column),
                    key.ParentColumns.Select(quote.Column)
                );
                var matches = parent.Zip(child, (up, down) => $"{table}.{down} = \"deleted\".{up}");
                return $"({string.Join(", ", parent)}) IN (WITH RECURSIVE \"deleted\"({string.Join(", ", parent)}) AS "
                    + $"(SELECT {string.Join(", ", parent)} FROM {From(quote)} UNION SELECT {string.Join(", ", parent.Select(p => $"{table}.{p}"))} "
                    + $"FROM {table} JOIN \"deleted\" ON {string.Join(" AND ", matches)}) SELECT * FROM \"deleted\")";
            }
        )
        {
            Parameters = Parameters,
        };

    /// <summary>These rows except those deleted before.</summary>
    public RowsToDelete Without(IReadOnlyCollection<RowsToDelete> others) =>
        others.Count == 0
            ? this
            : new(
                Table,
                quote =>
                    string.Join(
                        " AND ",
                        others.Select(o => $"({o.Text(quote)}) IS NOT TRUE").Prepend($"({Text(quote)})")
                    )
            )
            {
                Parameters = Together([this, .. others]),
            };

    /// <summary>The union of these rows and others of the same table.</summary>
    public RowsToDelete Or(RowsToDelete other) =>
        new(Table, quote => $"({Text(quote)}) OR ({other.Text(quote)})") { Parameters = Together([this, other]) };

    public string Text(Quoting quote) => Condition?.Invoke(quote) ?? "TRUE";

    private string From(Quoting quote) => $"{quote.Table(Table)} WHERE {Text(quote)}";

    /// <summary>Merges parameters. The same rows, and so their parameters, may occur more than once.</summary>
    private static IReadOnlyList<(string Name, object Value)> Together(IEnumerable<RowsToDelete> rows) =>
        [.. rows.SelectMany(part => part.Parameters).DistinctBy(parameter => parameter.Name)];

    private static string Join(IEnumerable<string> columns, Quoting quote) =>
        string.Join(", ", columns.Select(quote.Column));
}
