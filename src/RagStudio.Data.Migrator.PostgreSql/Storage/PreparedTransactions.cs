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
internal sealed class PreparedTransactions(
    PostgreSqlStorage storage,
    NpgsqlConnection connection,
    ServerIdentity server,
    ConnectionSource? decidedBy
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>True if the server allows it.</summary>
    public static Task<bool> AreAllowedAsync(NpgsqlConnection connection) =>
        connection.ScalarAsync<bool>(
            "SELECT pg_catalog.current_setting('max_prepared_transactions')::int4 > 0",
            CancellationToken.None
        );

    /// <summary>Prepares the open transaction.</summary>
    public static Task PrepareAsync(NpgsqlConnection connection, string id, CancellationToken cancellationToken) =>
        connection.ExecuteAsync($"PREPARE TRANSACTION {PostgreSqlText.Literal(id)}", cancellationToken);

    public static Task CommitAsync(NpgsqlConnection connection, string id, CancellationToken cancellationToken) =>
        connection.ExecuteAsync($"COMMIT PREPARED {PostgreSqlText.Literal(id)}", cancellationToken);

    /// <summary>Rolls it back, if it was prepared at all.</summary>
    public static async Task RollBackAsync(NpgsqlConnection connection, string id)
    {
        var isThere = await connection
            .ScalarAsync<bool>(
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_prepared_xacts WHERE database = pg_catalog.current_database() AND gid = $1)",
                CancellationToken.None,
                id
            )
            .ConfigureAwait(false);
        if (isThere)
        {
            await RollBackKnownAsync(connection, id).ConfigureAwait(false);
        }
    }

    private static Task RollBackKnownAsync(NpgsqlConnection connection, string id) =>
        connection.ExecuteAsync($"ROLLBACK PREPARED {PostgreSqlText.Literal(id)}", CancellationToken.None);

    /// <summary>
    /// Ends what killed runs have prepared in this database, as the other database decides. The lock of this one tells
    /// that none of those runs is alive here.
    /// </summary>
    public async Task ResolveAsync(CancellationToken cancellationToken)
    {
        var prepared = await connection
            .QueryAsync(
                "SELECT gid, owner::text FROM pg_catalog.pg_prepared_xacts WHERE database = pg_catalog.current_database() ORDER BY prepared",
                row => (Id: row.GetString(0), Owner: row.GetString(1)),
                cancellationToken
            )
            .ConfigureAwait(false);
        foreach (var (id, owner) in prepared)
        {
            if (PreparedDecision.Parse(id) is var (run, database, table))
            {
                var isCommitted = await IsCommittedAsync(run, database, table, cancellationToken).ConfigureAwait(false);
                await EndAsync(id, run, owner, isCommitted).ConfigureAwait(false);
            }
        }
    }

    /// <exception cref="DatabaseAccessException">Another role has prepared it.</exception>
    private async Task EndAsync(string id, string run, string owner, bool isCommitted)
    {
        // It may wait for a standby: when the patience ends it is done, on the primary.
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await (
                isCommitted ? CommitAsync(connection, id, patience.Token) : RollBackKnownAsync(connection, id)
            ).ConfigureAwait(false);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new DatabaseAccessException(
                MigrationPhase.Recover,
                storage.DisplayName,
                DatabaseProblem.Server,
                $"the run {run} has prepared a transaction in it, which has to be {(isCommitted ? "committed" : "rolled back")}, and this role may not do that: {refused.MessageText} (SQLSTATE {refused.SqlState}). "
                    + $"Start once with the role '{owner}', which has prepared it, or with a superuser",
                refused
            );
        }
    }

    private async Task<bool> IsCommittedAsync(
        string run,
        long database,
        long table,
        CancellationToken cancellationToken
    )
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
        var own =
            decidedBy
            ?? (await RunLock.FindProcessesAsync(connection, database, cancellationToken).ConfigureAwait(false))
                .Select(process => OpenSessions.Find(server, process))
                .FirstOrDefault(source => source is not null);
        // The run knows, and a session of this set, with which role to read there.
        var deciding = (own ?? storage.Source).CreateFor(name);
        await using (deciding.ConfigureAwait(false))
        {
            try
            {
                await deciding.OpenAsync(cancellationToken).ConfigureAwait(false);
                if (own is null)
                {
                    await RunLock
                        .WaitForOthersAsync(
                            deciding,
                            storage.Address with
                            {
                                Database = name,
                            },
                            Patience,
                            cancellationToken
                        )
                        .ConfigureAwait(false);
                }
                return await IsCommittedAsync(deciding, run, table, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException failure)
            {
                throw new DatabaseAccessException(
                    MigrationPhase.Recover,
                    storage.DisplayName,
                    DatabaseProblem.Server,
                    $"the run {run} has prepared a transaction in it, and the database '{name}' that decides about it cannot be asked: {failure.MessageText} (SQLSTATE {failure.SqlState}). "
                        + $"Start the program that migrates both databases, or grant this role CONNECT on '{name}' and SELECT on its {MigratorTables.Runs}",
                    failure
                );
            }
        }
    }

    private static async Task<bool> IsCommittedAsync(
        NpgsqlConnection deciding,
        string run,
        long table,
        CancellationToken cancellationToken
    )
    {
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
