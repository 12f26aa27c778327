using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Databases;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Record;

/// <summary>
/// The migrator's own table of the schemas that were found as they should be. Its key is the <see cref="SqliteOwner.Chain"/>; builds before it wrote the
/// database's name there, which nobody reads any more.
/// </summary>
internal static class SqliteFingerprints
{
    private const string Table = "__migrator_schema";

    private const string Create = """
        CREATE TABLE IF NOT EXISTS "__migrator_schema" (
            "database" TEXT NOT NULL PRIMARY KEY,
            "applied" TEXT NOT NULL,
            "schema" TEXT NOT NULL
        )
        """;

    private const string Insert = """
        INSERT OR REPLACE INTO "__migrator_schema" ("database", "applied", "schema") VALUES (?, ?, ?)
        """;

    private const string Select = """
        SELECT "applied", "schema" FROM "__migrator_schema" WHERE "database" = ?
        """;

    public static void Write(SqliteConnection connection, SqliteOwner owner, SchemaFingerprint fingerprint)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute(Create);
        connection.Handle!.Execute(Insert, owner.Chain, fingerprint.Applied, fingerprint.Schema);
        transaction.Commit();
    }

    public static SchemaFingerprint? Read(SqliteConnection connection, SqliteOwner owner) =>
        connection.HasTable(Table)
            ? connection
                .Query(Select, row => new SchemaFingerprint(row.Text(0)!, row.Text(1)!), owner.Chain)
                .SingleOrDefault()
            : null;
}
