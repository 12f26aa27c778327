using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Databases;
using RagStudio.Data.Migrator.Sqlite.Interop;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Record;

/// <summary>
/// The migrator's own table of the programs whose migrations were compared with the recorded checksums. Its key is the
/// <see cref="SqliteOwner.Chain"/>, as in <see cref="SqliteFingerprints"/>.
/// </summary>
internal static class SqliteProgramStamps
{
    private const string Table = "__migrator_program";

    private const string Create = """
        CREATE TABLE IF NOT EXISTS "__migrator_program" ("database" TEXT NOT NULL PRIMARY KEY, "stamp" TEXT NOT NULL)
        """;

    private const string Insert = """
        INSERT OR REPLACE INTO "__migrator_program" ("database", "stamp") VALUES (?, ?)
        """;

    public static void Write(SqliteConnection connection, SqliteOwner owner, string stamp)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute(Create);
        connection.Handle!.Execute(Insert, owner.Chain, stamp);
        transaction.Commit();
    }

    public static string? Read(sqlite3 connection, SqliteOwner owner) =>
        connection.HasTable(Table)
            ? connection
                .Query(
                    "SELECT \"stamp\" FROM \"__migrator_program\" WHERE \"database\" = ?",
                    row => row.Text(0),
                    owner.Chain
                )
                .SingleOrDefault()
            : null;
}
