using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Validate;

/// <summary>A row of https://sqlite.org/schematab.html that has SQL text.</summary>
/// <param name="Type"><c>table</c>, <c>view</c>, <c>index</c> or <c>trigger</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Table">The table that it belongs to or defines.</param>
/// <param name="Sql">Its text.</param>
internal sealed record SqliteDefinition(string Type, string Name, string Table, string Sql)
{
    public bool IsTrigger => Type == "trigger";

    public static IReadOnlyList<SqliteDefinition> ReadByName(SqliteConnection connection) =>
        Read(connection, "\"name\"");

    /// <summary>Reads the definitions ordered so that each comes after those that it needs.</summary>
    public static IReadOnlyList<SqliteDefinition> ReadInOrder(SqliteConnection connection) =>
        Read(connection, "CASE \"type\" WHEN 'table' THEN 0 WHEN 'view' THEN 1 WHEN 'index' THEN 2 ELSE 3 END, rowid");

    private static List<SqliteDefinition> Read(SqliteConnection connection, string order) =>
        connection.Query(
            $"SELECT \"type\", \"name\", \"tbl_name\", \"sql\" FROM sqlite_master WHERE \"sql\" IS NOT NULL ORDER BY {order}",
            row => new SqliteDefinition(row.Text(0)!, row.Text(1)!, row.Text(2)!, row.Text(3)!)
        );
}
