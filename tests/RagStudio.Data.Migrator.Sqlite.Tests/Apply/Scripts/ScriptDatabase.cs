using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply.Scripts;

/// <summary>The state of a database after a script, without the migrators' own tables.</summary>
/// <param name="Content">Its schema and rows.</param>
/// <param name="BrokenReferences">The number of rows that refer to nothing.</param>
internal sealed record ScriptDatabase(string Content, long BrokenReferences)
{
    private const string Own =
        "name NOT LIKE '\\_\\_%' ESCAPE '\\' AND tbl_name NOT LIKE '\\_\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";

    public static ScriptDatabase Read(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False;Mode=ReadWrite");
        connection.Open();
        return Read(connection);
    }

    public static ScriptDatabase Read(SqliteConnection connection)
    {
        var tables = Column(connection, $"SELECT name FROM sqlite_master WHERE type = 'table' AND {Own} ORDER BY 1");
        var content = Column(
                connection,
                $"SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_master WHERE {Own} ORDER BY 1"
            )
            .Concat(tables.SelectMany(table => Rows(connection, $"\"{table}\"")))
            .Concat(Rows(connection, "sqlite_sequence WHERE name NOT LIKE '\\_\\_%' ESCAPE '\\'"))
            .Concat(Rows(connection, "pragma_user_version"))
            .Concat(Column(connection, "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY 1"));
        return new ScriptDatabase(string.Join('\n', content), BrokenReferencesOf(connection));
    }

    /// <summary>A foreign key to a missing table cannot be checked and counts as one.</summary>
    private static long BrokenReferencesOf(SqliteConnection connection)
    {
        try
        {
            return Column(connection, "SELECT \"table\" FROM pragma_foreign_key_check").Count;
        }
        catch (SqliteException)
        {
            return 1;
        }
    }

    private static IEnumerable<string> Rows(SqliteConnection connection, string table)
    {
        using var command = new SqliteCommand($"SELECT * FROM {table}", connection);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            var values = Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue);
            rows.Add($"{table}: {string.Join('|', values)}");
        }
        return rows.Order(StringComparer.Ordinal);
    }

    private static List<string> Column(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }
        return rows;
    }
}
