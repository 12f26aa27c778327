using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Tests;

/// <summary>Every row of every table of a context, except the settings that a migration seeds.</summary>
internal sealed class Content
{
    private readonly Dictionary<string, List<Dictionary<string, string?>>> _rows;

    private Content(Dictionary<string, List<Dictionary<string, string?>>> rows) => _rows = rows;

    public List<string> Texts => Within(this);

    public List<string> RowCounts => [.. _rows.Select(table => $"{table.Key}: {table.Value.Count}")];

    public static Content Of(DbContext context) =>
        new(context.Tables().ToDictionary(table => table, table => RowsOf(context, table)));

    /// <summary>Only the values in tables and columns that the other content also has.</summary>
    public List<string> Within(Content other) =>
        [
            .. from table in other._rows
            where _rows.ContainsKey(table.Key)
            from row in _rows[table.Key]
            select $"{table.Key}: " + string.Join(", ", Shared(row, table.Value)),
        ];

    private static IEnumerable<string> Shared(
        Dictionary<string, string?> row,
        List<Dictionary<string, string?>> others
    ) =>
        from value in row
        where others.Any(other => other.ContainsKey(value.Key))
        orderby value.Key
        select $"{value.Key}={value.Value}";

    private static List<Dictionary<string, string?>> RowsOf(DbContext context, string table) =>
        [
            .. context
                .Rows(table)
                .Where(row => table != "settings" || row["key"]!.StartsWith("key ", StringComparison.Ordinal)),
        ];
}
