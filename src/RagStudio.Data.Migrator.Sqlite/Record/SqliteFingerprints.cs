using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>The migrator's own table of the schemas that were found as they should be.</summary>
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

    public static void Write(SqliteConnection connection, string database, SchemaFingerprint fingerprint)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute(Create);
        connection.Handle!.Execute(Insert, database, fingerprint.Applied, fingerprint.Schema);
        transaction.Commit();
    }

    public static SchemaFingerprint? Read(SqliteConnection connection, string database) =>
        connection.HasTable(Table)
            ? connection
                .Query(Select, row => new SchemaFingerprint(row.Text(0)!, row.Text(1)!), database)
                .SingleOrDefault()
            : null;
}
