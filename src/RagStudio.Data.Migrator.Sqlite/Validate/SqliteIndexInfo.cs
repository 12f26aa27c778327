using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Validate;

/// <summary>A line of https://sqlite.org/pragma.html#pragma_index_list.</summary>
/// <param name="Table">The table that has the index.</param>
/// <param name="Name">The index's name, which may be SQLite's own.</param>
/// <param name="IsUnique">True if no two rows may have the same.</param>
/// <param name="IsOwn">True if it was made by itself, not by a constraint.</param>
internal sealed record SqliteIndexInfo(string Table, string Name, bool IsUnique, bool IsOwn)
{
    public static IReadOnlyList<SqliteIndexInfo> Read(SqliteConnection connection) =>
        connection.Query(
            """
            SELECT t."name", i."name", i."unique", i."origin" = 'c'
            FROM pragma_table_list AS t JOIN pragma_index_list(t."name", 'main') AS i
            WHERE t."schema" = 'main' AND t."type" = 'table'
            ORDER BY t."name", i."name"
            """,
            row => new SqliteIndexInfo(row.Text(0)!, row.Text(1)!, row.Bool(2), row.Bool(3))
        );
}
