using System.Text;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Validate;

/// <summary>
/// Finds out what an index will be that is created after the commit: PostgreSQL creates it on an empty copy of its table,
/// which is rolled back. A statement that would fail then fails before the commit.
/// </summary>
internal static class IndexTrial
{
    private const string SelectTable = """
        SELECT n.nspname::text, c.relname::text FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = pg_catalog.to_regclass($1)
        """;

    private const string SelectIndex = """
        SELECT n.nspname::text, t.relname::text, i.relname::text FROM pg_catalog.pg_index x
        JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid JOIN pg_catalog.pg_class t ON t.oid = x.indrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace WHERE x.indexrelid = pg_catalog.to_regclass($1)
        """;

    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="create">The statement.</param>
    /// <param name="taken">Names in the schema of the table that other such indexes will have.</param>
    /// <returns>The index with its table; <see langword="null"/> if the table does not exist.</returns>
    public static FutureIndex? Run(NpgsqlConnection connection, OutsideStatement create, IReadOnlySet<string> taken)
    {
        if (
            create.Table is not { } written
            || connection.Query(SelectTable, row => (Schema: row.GetString(0), Table: row.GetString(1)), written)
                is not [var (schema, table)]
        )
        {
            return null;
        }
        var copy = FreeName(connection, schema, Encoding.UTF8.GetByteCount(table));
        var quoted = PostgreSqlText.Quote(schema, copy);
        connection.Execute($"SAVEPOINT index_trial; CREATE TABLE {quoted} (LIKE {written})");
        var seen = new HashSet<string?>(StringComparer.Ordinal);
        while (true)
        {
            connection.Execute(create.On(schema, copy));
            var made = SchemaReader.ReadIndexes(connection, quoted).First(one => seen.Add(one.Name));
            var name = create.IndexName ?? NameFor(made.Name!, copy, table);
            if (create.IndexName is not null || (!taken.Contains(name) && !Exists(connection, schema, name)))
            {
                connection.Execute("ROLLBACK TO SAVEPOINT index_trial; RELEASE SAVEPOINT index_trial");
                return new FutureIndex(schema, table, made with { Name = name });
            }
            // PostgreSQL numbers the next one.
        }
    }

    /// <summary>Finds an index that is dropped after the commit.</summary>
    public static FutureIndex? Find(NpgsqlConnection connection, OutsideStatement drop) =>
        drop.Index is { } written
        && connection.Query(
            SelectIndex,
            row => new FutureIndex(
                row.GetString(0),
                row.GetString(1),
                new IndexSchema(row.GetString(2), IsUnique: false, [], Filter: null)
            ),
            written
        )
            is [var found]
            ? found
            : null;

    /// <summary>PostgreSQL begins the name of an index with as much of the table's as there is space for.</summary>
    private static string NameFor(string made, string copy, string table)
    {
        var shared = made.Zip(copy).TakeWhile(pair => pair.First == pair.Second).Count();
        var bytes = Encoding.UTF8.GetBytes(table);
        var end = shared;
        while (end < bytes.Length && (bytes[end] & 0xC0) == 0x80)
        {
            end--;
        }
        return Encoding.UTF8.GetString(bytes, 0, end) + made[shared..];
    }

    /// <summary>A name of the same length, without the underscore that follows it in an index's name.</summary>
    private static string FreeName(NpgsqlConnection connection, string schema, int length)
    {
        while (true)
        {
            var name = Random.Shared.GetString("abcdefghijklmnopqrstuvwxyz0123456789", length);
            if (!Exists(connection, schema, name))
            {
                return name;
            }
        }
    }

    private static bool Exists(NpgsqlConnection connection, string schema, string name) =>
        connection
            .Query(
                "SELECT pg_catalog.to_regclass($1) IS NOT NULL",
                row => row.GetBoolean(0),
                PostgreSqlText.Quote(schema, name)
            )
            .Single();
}
