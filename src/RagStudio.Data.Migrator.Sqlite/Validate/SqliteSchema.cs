using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>Reads a schema by pragma introspection.</summary>
internal static class SqliteSchema
{
    public static DatabaseSchema Read(SqliteConnection connection, IEnumerable<ISqliteMigrationDatabase> databases) =>
        new(
            connection.Query(
                """
                SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
                    AND name NOT LIKE '\_\_%' ESCAPE '\' ORDER BY name
                """,
                row => Table(connection, row.GetString(0), row.GetString(1))
            ),
            []
        );

    private static TableSchema Table(SqliteConnection connection, string name, string sql) =>
        new(name, "", Columns(connection, name), Indexes(connection, name), [], Checks(sql), []);

    private static List<ColumnSchema> Columns(SqliteConnection connection, string table) =>
        connection.Query(
            "SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info($table)",
            row => new ColumnSchema(
                row.GetString(0),
                row.GetString(1),
                row.GetInt64(2) == 0,
                row.IsDBNull(3) ? null : row.GetString(3),
                row.GetInt32(4),
                false
            ),
            ("$table", table)
        );

    private static List<IndexSchema> Indexes(SqliteConnection connection, string table) =>
        connection.Query(
            "SELECT name, \"unique\", partial FROM pragma_index_list($table)",
            row => new IndexSchema(
                row.GetString(0),
                row.GetInt64(1) == 1,
                connection.Query(
                    "SELECT name FROM pragma_index_info($index) ORDER BY seqno",
                    column => column.IsDBNull(0) ? "?" : column.GetString(0),
                    ("$index", row.GetString(0))
                ),
                row.GetInt64(2) == 1 ? "?" : null
            ),
            ("$table", table)
        );

    private static List<string> Checks(string sql)
    {
        var checks = new List<string>();
        var tokens = SqliteTokens.Of(sql);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!tokens[i].Is("CHECK"))
            {
                continue;
            }
            var depth = 0;
            var end = i + 1;
            do
            {
                depth +=
                    tokens[end].IsSymbol('(') ? 1
                    : tokens[end].IsSymbol(')') ? -1
                    : 0;
                end++;
            } while (depth > 0);
            checks.Add(SqliteTokens.Canonical(tokens.Skip(i + 2).Take(end - i - 3)));
        }
        return checks;
    }
}
