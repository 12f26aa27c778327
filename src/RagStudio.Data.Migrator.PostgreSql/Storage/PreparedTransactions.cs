using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Storage;

/// <summary>
/// Transactions that are prepared and follow the commit of another database of the cluster
/// (https://www.postgresql.org/docs/current/sql-prepare-transaction.html). They outlive their session and the server, and
/// hold their locks until they are ended.
/// </summary>
internal sealed class PreparedTransactions(PostgreSqlStorage storage, NpgsqlConnection connection)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <returns>
    /// The id; <see langword="null"/> if nothing is prepared, because the server allows it not, or the other database is of
    /// another cluster.
    /// </returns>
    public static async Task<string?> TryPrepareAsync(NpgsqlConnection connection, PreparedDecision decision)
    {
        var isPossible = await connection
            .ScalarAsync<bool>(
                """
                SELECT pg_catalog.current_setting('max_prepared_transactions')::int4 > 0
                    AND (SELECT system_identifier::text = $1 FROM pg_catalog.pg_control_system())
                """,
                CancellationToken.None,
                decision.System
            )
            .ConfigureAwait(false);
        if (!isPossible)
        {
            return null;
        }
        await connection
            .ExecuteAsync($"PREPARE TRANSACTION {PostgreSqlText.Literal(decision.Id)}", CancellationToken.None)
            .ConfigureAwait(false);
        return decision.Id;
    }

    public static Task CommitAsync(NpgsqlConnection connection, string id) =>
        connection.ExecuteAsync($"COMMIT PREPARED {PostgreSqlText.Literal(id)}", CancellationToken.None);

    public static Task RollBackAsync(NpgsqlConnection connection, string id) =>
        connection.ExecuteAsync($"ROLLBACK PREPARED {PostgreSqlText.Literal(id)}", CancellationToken.None);

    /// <summary>
    /// Ends what killed runs have prepared in this database, as the other database decides. The lock of this one tells
    /// that none of those runs is alive here.
    /// </summary>
    public async Task ResolveAsync(CancellationToken cancellationToken)
    {
        var ids = await connection
            .QueryAsync(
                "SELECT gid FROM pg_catalog.pg_prepared_xacts WHERE database = pg_catalog.current_database() ORDER BY prepared",
                row => row.GetString(0),
                cancellationToken
            )
            .ConfigureAwait(false);
        foreach (var id in ids)
        {
            if (PreparedDecision.Parse(id) is var (run, database, table))
            {
                var isCommitted = await IsCommittedAsync(run, database, table, cancellationToken).ConfigureAwait(false);
                await (isCommitted ? CommitAsync(connection, id) : RollBackAsync(connection, id)).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> IsCommittedAsync(string run, long database, long table, CancellationToken cancellationToken)
    {
        var name = await connection
            .ScalarAsync<string>(
                "SELECT datname::text FROM pg_catalog.pg_database WHERE oid = $1::int8::oid",
                cancellationToken,
                database
            )
            .ConfigureAwait(false);
        if (name is null)
        {
            throw new DatabaseAccessException(
                MigrationPhase.Recover,
                storage.DisplayName,
                DatabaseProblem.Server,
                $"the run {run} has prepared a transaction in it, and the database that decides about it was dropped. End it by hand, by COMMIT PREPARED or ROLLBACK PREPARED: see pg_prepared_xacts"
            );
        }
        var deciding = storage.Source.CreateFor(name);
        await using (deciding.ConfigureAwait(false))
        {
            await deciding.OpenAsync(cancellationToken).ConfigureAwait(false);
            await RunLock
                .WaitForOthersAsync(deciding, storage.Address with { Database = name }, Patience, cancellationToken)
                .ConfigureAwait(false);
            // The table belongs to the transaction too if the run has created it.
            var found = await deciding
                .ScalarAsync<string>(
                    "SELECT $1::int8::oid::regclass::text FROM pg_catalog.pg_class WHERE oid = $1::int8::oid",
                    cancellationToken,
                    table
                )
                .ConfigureAwait(false);
            return found is not null
                && await deciding
                    .ScalarAsync<bool>($"SELECT EXISTS (SELECT FROM {found} WHERE run_id = $1)", cancellationToken, run)
                    .ConfigureAwait(false);
        }
    }
}
