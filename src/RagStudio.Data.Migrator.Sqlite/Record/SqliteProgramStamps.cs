using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>The migrator's own table of the programs whose migrations were compared with the recorded checksums.</summary>
internal static class SqliteProgramStamps
{
    private const string Table = "__migrator_program";

    private const string Create = """
        CREATE TABLE IF NOT EXISTS "__migrator_program" ("database" TEXT NOT NULL PRIMARY KEY, "stamp" TEXT NOT NULL)
        """;

    private const string Insert = """
        INSERT OR REPLACE INTO "__migrator_program" ("database", "stamp") VALUES (?, ?)
        """;

    public static void Write(SqliteConnection connection, string database, string stamp)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute(Create);
        connection.Handle!.Execute(Insert, database, stamp);
        transaction.Commit();
    }

    public static string? Read(sqlite3 connection, string database) =>
        connection.HasTable(Table)
            ? connection
                .Query(
                    "SELECT \"stamp\" FROM \"__migrator_program\" WHERE \"database\" = ?",
                    row => row.Text(0),
                    database
                )
                .SingleOrDefault()
            : null;
}
