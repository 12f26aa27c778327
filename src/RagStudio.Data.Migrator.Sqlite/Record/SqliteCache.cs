using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Databases;
using RagStudio.Data.Migrator.Sqlite.Interop;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Record;

/// <summary>
/// The migrator's own tables for data that saves work in later starts and checks. The first versions created
/// one table for each kind of data, and still read them. Their key is the <see cref="SqliteOwner.Chain"/>;
/// earlier builds wrote the database's name there, which is no longer read.
/// </summary>
internal static class SqliteCache
{
    private const string Schemas = "__migrator_schema";
    private const string Programs = "__migrator_program";

    private const string CreateSchemas = """
        CREATE TABLE IF NOT EXISTS "__migrator_schema" (
            "database" TEXT NOT NULL PRIMARY KEY,
            "applied" TEXT NOT NULL,
            "schema" TEXT NOT NULL
        )
        """;

    private const string CreatePrograms = """
        CREATE TABLE IF NOT EXISTS "__migrator_program" ("database" TEXT NOT NULL PRIMARY KEY, "stamp" TEXT NOT NULL)
        """;

    private const string InsertSchema = """
        INSERT OR REPLACE INTO "__migrator_schema" ("database", "applied", "schema") VALUES (?, ?, ?)
        """;

    private const string InsertProgram = """
        INSERT OR REPLACE INTO "__migrator_program" ("database", "stamp") VALUES (?, ?)
        """;

    private const string SelectSchema = """
        SELECT "applied", "schema" FROM "__migrator_schema" WHERE "database" = ?
        """;

    private const string SelectProgram = """
        SELECT "stamp" FROM "__migrator_program" WHERE "database" = ?
        """;

    /// <summary>Writes the non-null properties in one transaction.</summary>
    public static void Write(SqliteConnection connection, SqliteOwner owner, DatabaseCache cache)
    {
        using var transaction = connection.BeginTransaction();
        if (cache.Schema is { } schema)
        {
            connection.Execute(CreateSchemas);
            connection.Handle!.Execute(InsertSchema, owner.Chain, schema.Applied, schema.Schema);
        }
        if (cache.ProgramStamp is { } stamp)
        {
            connection.Execute(CreatePrograms);
            connection.Handle!.Execute(InsertProgram, owner.Chain, stamp);
        }
        transaction.Commit();
    }

    /// <summary>Runs at each start, so it checks for the tables without a statement.</summary>
    public static DatabaseCache Read(sqlite3 connection, SqliteOwner owner) =>
        new()
        {
            Schema = connection.HasColumn(Schemas, "schema")
                ? connection
                    .Query(SelectSchema, row => new SchemaFingerprint(row.Text(0)!, row.Text(1)!), owner.Chain)
                    .SingleOrDefault()
                : null,
            ProgramStamp = connection.HasColumn(Programs, "stamp")
                ? connection.Query(SelectProgram, row => row.Text(0), owner.Chain).SingleOrDefault()
                : null,
        };
}
