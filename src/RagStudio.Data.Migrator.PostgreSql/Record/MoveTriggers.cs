using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Record;

/// <summary>
/// The triggers that keep every program from writing tables whose data has moved, also one that does not know the mark.
/// They are the migrator's, and no part of the schema.
/// </summary>
internal static class MoveTriggers
{
    /// <summary>The name of the triggers and of their function.</summary>
    public const string Name = "__migrator_moved";

    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="schema">The schema of the function.</param>
    /// <param name="tables">The quoted tables.</param>
    public static async Task CreateAsync(NpgsqlConnection connection, string schema, IEnumerable<string> tables)
    {
        var function = PostgreSqlText.Quote(schema, Name);
        await connection
            .ExecuteAsync(
                $"""
                CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $f$
                BEGIN RAISE EXCEPTION 'The data of this database has moved: see ragstudio-db status'; END $f$
                """,
                CancellationToken.None
            )
            .ConfigureAwait(false);
        foreach (var table in tables)
        {
            await connection
                .ExecuteAsync(
                    $"CREATE OR REPLACE TRIGGER {Name} BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
                    CancellationToken.None
                )
                .ConfigureAwait(false);
        }
    }

    /// <summary>Removes the function with all its triggers.</summary>
    public static Task DropAsync(NpgsqlConnection connection, string schema) =>
        connection.ExecuteAsync(
            $"DROP FUNCTION IF EXISTS {PostgreSqlText.Quote(schema, Name)}() CASCADE",
            CancellationToken.None
        );
}
