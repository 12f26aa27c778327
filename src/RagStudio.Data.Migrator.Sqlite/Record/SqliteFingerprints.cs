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
        INSERT OR REPLACE INTO "__migrator_schema" ("database", "applied", "schema") VALUES ($database, $applied, $schema)
        """;

    private const string Select = """
        SELECT "applied", "schema" FROM "__migrator_schema" WHERE "database" = $database
        """;

    public static void Write(SqliteConnection connection, string database, SchemaFingerprint fingerprint)
    {
        using var transaction = connection.BeginTransaction();
        using var create = new SqliteCommand(Create, connection, transaction);
        create.ExecuteNonQuery();
        using var insert = new SqliteCommand(Insert, connection, transaction);
        insert.Parameters.AddWithValue("$database", database);
        insert.Parameters.AddWithValue("$applied", fingerprint.Applied);
        insert.Parameters.AddWithValue("$schema", fingerprint.Schema);
        insert.ExecuteNonQuery();
        transaction.Commit();
    }

    public static SchemaFingerprint? Read(SqliteConnection connection, string database) =>
        connection.HasTable(Table)
            ? connection
                .Query(
                    Select,
                    row => new SchemaFingerprint(row.GetString(0), row.GetString(1)),
                    ("$database", database)
                )
                .SingleOrDefault()
            : null;
}
