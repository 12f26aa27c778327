using System.Globalization;
using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite.Tests.BackUp;

/// <summary>A test's database file, created and read without the code under test.</summary>
internal sealed class CopyFile(string path)
{
    public string Path => path;

    /// <summary>Tables of several kinds with an index, overflow pages and free pages.</summary>
    public CopyFile Create(int pageSize, string journalMode, string autoVacuum = "NONE", int rows = 3000)
    {
        Execute(
            $"""
            PRAGMA page_size = {pageSize};
            PRAGMA auto_vacuum = {autoVacuum};
            PRAGMA journal_mode = {journalMode};
            PRAGMA user_version = 7;
            CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL, data BLOB);
            CREATE INDEX notes_text ON notes (text);
            CREATE TABLE words (word TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID;
            CREATE TABLE empty (id INTEGER);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
            INSERT INTO notes SELECT i, 'text ' || i, CASE WHEN i % 100 = 0 THEN randomblob(70000) END FROM n;
            INSERT INTO words SELECT text, id FROM notes;
            CREATE TABLE gone AS SELECT * FROM notes;
            DROP TABLE gone;
            """
        );
        return this;
    }

    public void Execute(string sql)
    {
        using var connection = Open();
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public T Scalar<T>(string sql)
    {
        using var connection = Open();
        using var command = new SqliteCommand(sql, connection);
        return (T)command.ExecuteScalar()!;
    }

    /// <summary>Returns its whole content, and anything that a change of its settings would show in.</summary>
    public string Dump()
    {
        using var connection = Open();
        return string.Join(
            '\n',
            new[]
            {
                "PRAGMA integrity_check",
                "PRAGMA page_size",
                "PRAGMA auto_vacuum",
                "PRAGMA user_version",
                "SELECT name || sql FROM sqlite_master ORDER BY name",
                "SELECT id || text || coalesce(hex(data), '') FROM notes ORDER BY id",
                "SELECT text FROM notes INDEXED BY notes_text WHERE text > '' ORDER BY text",
                "SELECT word || count FROM words ORDER BY word",
            }.SelectMany(sql => Column(connection, sql))
        );
    }

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    private static List<string> Column(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        }
        return values;
    }
}
