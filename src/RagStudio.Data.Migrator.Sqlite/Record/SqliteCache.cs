using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Databases;
using RagStudio.Data.Migrator.Sqlite.Interop;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Record;

/// <summary>
/// The migrator's own tables of what spares later starts and checks some work. The first versions made one for each thing, and read them still. Their
/// key is the <see cref="SqliteOwner.Chain"/>; builds before it wrote the database's name there, which nobody reads any more.
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

    /// <summary>Writes what there is, in one transaction.</summary>
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

    public static DatabaseCache Read(sqlite3 connection, SqliteOwner owner) =>
        new()
        {
            Schema = Find(
                connection,
                Schemas,
                SelectSchema,
                owner,
                row => new SchemaFingerprint(row.Text(0)!, row.Text(1)!)
            ),
            ProgramStamp = Find(connection, Programs, SelectProgram, owner, row => row.Text(0)),
        };

    private static T? Find<T>(
        sqlite3 connection,
        string table,
        string select,
        SqliteOwner owner,
        Func<sqlite3_stmt, T?> read
    )
        where T : class =>
        connection.HasTable(table) ? connection.Query(select, read, owner.Chain).SingleOrDefault() : null;
}
