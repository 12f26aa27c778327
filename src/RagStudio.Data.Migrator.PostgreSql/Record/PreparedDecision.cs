using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Record;

/// <summary>Where the next start finds out what becomes of a prepared transaction: the row of a run in another database.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Database">The database that is committed first, by its oid.</param>
/// <param name="Table">The table of its runs, by its oid.</param>
internal sealed record PreparedDecision(string RunId, long Database, long Table)
{
    /// <summary>Ids of prepared transactions begin with it.</summary>
    public const string Prefix = "__migrator";

    private const char Separator = ':';

    /// <summary>The id of the prepared transaction: at most 200 bytes.</summary>
    public string Id => string.Join(Separator, Prefix, RunId, Database, Table);

    public static async Task<PreparedDecision> ReadAsync(NpgsqlConnection connection, string schema, string runId)
    {
        var found = await connection
            .QueryAsync(
                """
                SELECT (SELECT oid::int8 FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()),
                    pg_catalog.to_regclass($1)::oid::int8
                """,
                row => new PreparedDecision(runId, row.GetInt64(0), row.GetInt64(1)),
                CancellationToken.None,
                PostgreSqlText.Quote(schema, MigratorTables.Runs)
            )
            .ConfigureAwait(false);
        return found.Single();
    }

    /// <returns>The decision that an id names; <see langword="null"/> if it is not one of ours.</returns>
    public static (string RunId, long Database, long Table)? Parse(string id) =>
        id.Split(Separator) is [Prefix, var run, var database, var table]
        && long.TryParse(database, out var databaseOid)
        && long.TryParse(table, out var tableOid)
            ? (run, databaseOid, tableOid)
            : null;
}
