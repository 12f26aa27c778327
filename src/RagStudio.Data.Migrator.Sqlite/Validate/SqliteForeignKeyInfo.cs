using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Validate;

/// <summary>A row of https://sqlite.org/pragma.html#pragma_foreign_key_list: one column of a foreign key.</summary>
internal sealed record SqliteForeignKeyInfo(
    string Table,
    long Id,
    long Place,
    string Column,
    string Parent,
    string? ParentColumn,
    string OnUpdate,
    string OnDelete
)
{
    public static IReadOnlyList<SqliteForeignKeyInfo> Read(SqliteConnection connection) =>
        connection.Query(
            """
            SELECT t."name", k."id", k."seq", k."from", k."table", k."to", k."on_update", k."on_delete"
            FROM pragma_table_list AS t JOIN pragma_foreign_key_list(t."name", 'main') AS k
            WHERE t."schema" = 'main' AND t."type" = 'table'
            """,
            row => new SqliteForeignKeyInfo(
                row.Text(0)!,
                row.Int64(1),
                row.Int64(2),
                row.Text(3)!,
                row.Text(4)!,
                row.Text(5),
                row.Text(6)!,
                row.Text(7)!
            )
        );
}
