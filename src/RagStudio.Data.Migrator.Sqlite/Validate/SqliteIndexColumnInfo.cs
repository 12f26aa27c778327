using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Validate;

/// <summary>A row of https://sqlite.org/pragma.html#pragma_index_xinfo.</summary>
/// <param name="Index">The index's name.</param>
/// <param name="Place">The column's position in the index.</param>
/// <param name="Column">The column; <see langword="null"/> for an expression.</param>
/// <param name="IsDescending">True for descending order.</param>
/// <param name="Collation">The collation that compares its text.</param>
internal sealed record SqliteIndexColumnInfo(
    string Index,
    int Place,
    string? Column,
    bool IsDescending,
    string Collation
)
{
    private const string DefaultCollation = "BINARY";

    public static IReadOnlyList<SqliteIndexColumnInfo> Read(SqliteConnection connection) =>
        connection.Query(
            """
            SELECT i."name", c."seqno", c."name", c."desc", c."coll"
            FROM pragma_table_list AS t JOIN pragma_index_list(t."name", 'main') AS i
                JOIN pragma_index_xinfo(i."name", 'main') AS c
            WHERE t."schema" = 'main' AND t."type" = 'table' AND c."key"
            ORDER BY i."name", c."seqno"
            """,
            row => new SqliteIndexColumnInfo(row.Text(0)!, (int)row.Int64(1), row.Text(2), row.Bool(3), row.Text(4)!)
        );

    public string Describe(SqliteIndexText? text)
    {
        var isDefault = string.Equals(Collation, DefaultCollation, StringComparison.OrdinalIgnoreCase);
        // The text of an expression includes its collation.
        var what =
            Column is null ? text?.ExpressionAt(Place)
            : isDefault ? Column
            : $"{Column} COLLATE {Collation.ToUpperInvariant()}";
        return IsDescending ? $"{what} DESC" : what ?? "";
    }
}
