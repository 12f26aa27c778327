using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.BackUp;

/// <summary>
/// Puts restored databases in the place of others. <b>PostgreSQL renames databases in a transaction</b>, so all of those
/// of a server get their new names at once, or none does: a kill leaves nothing for the next start.
/// </summary>
/// <param name="replacements">The databases, all of one server, by the same role.</param>
/// <param name="commitTimeout">The longest wait for the answer to COMMIT.</param>
internal sealed class DatabaseSwap(IReadOnlyList<Replacement> replacements, TimeSpan commitTimeout)
{
    // While the names change, nobody can connect: a session that lost its client, or waits, must not last.
    private const string Settings =
        "SET statement_timeout = 0; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '5s'";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private ConnectionSource Source => replacements[0].Source;

    /// <exception cref="DatabaseAccessException">They could not be renamed; everything is as it was.</exception>
    /// <exception cref="CommitUnknownException">It is not known if they are.</exception>
    public async Task RunAsync()
    {
        var renaming = await ConnectAsync().ConfigureAwait(false);
        await using (renaming.ConfigureAwait(false))
        {
            var ending = await ConnectAsync().ConfigureAwait(false);
            await using (ending.ConfigureAwait(false))
            {
                var process = renaming.ProcessID;
                var transaction = await renaming.BeginTransactionAsync().ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    await PrepareAsync(renaming).ConfigureAwait(false);
                    await RenameAsync(renaming, ending).ConfigureAwait(false);
                    await CommitAsync(transaction, process).ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>What does not disturb anybody comes first.</summary>
    private async Task PrepareAsync(NpgsqlConnection renaming)
    {
        foreach (var replacement in replacements)
        {
            var (definition, address) = (replacement.Definition, replacement.Source.Address);
            if (await OidOfAsync(renaming, definition.Name).ConfigureAwait(false) != definition.Oid)
            {
                throw new DatabaseAccessException(
                    MigrationPhase.Record,
                    address.DisplayName,
                    DatabaseProblem.Server,
                    "another database has this name now"
                );
            }
            await OtherSessions
                .DemandEndableAsync(renaming, definition.Oid, address, CancellationToken.None)
                .ConfigureAwait(false);
            foreach (var statement in definition.StatementsFor(replacement.Name))
            {
                await renaming.ExecuteAsync(statement, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task RenameAsync(NpgsqlConnection renaming, NpgsqlConnection ending)
    {
        foreach (var replacement in replacements)
        {
            await replacement.DetachAsync().ConfigureAwait(false);
        }
        foreach (var replacement in replacements)
        {
            var definition = replacement.Definition;
            await OtherSessions
                .EndUntilAsync(
                    ending,
                    definition.Oid,
                    RenameAsync(renaming, definition.Name, replacement.FormerName),
                    renaming.ProcessID
                )
                .ConfigureAwait(false);
        }
        foreach (var replacement in replacements)
        {
            await RenameAsync(renaming, replacement.Name, replacement.Definition.Name).ConfigureAwait(false);
        }
    }

    private static Task RenameAsync(NpgsqlConnection renaming, string from, string to) =>
        renaming.ExecuteAsync(
            $"ALTER DATABASE {PostgreSqlText.Quote(from)} RENAME TO {PostgreSqlText.Quote(to)}",
            CancellationToken.None
        );

    /// <summary>Commits; if the answer is lost, finds out which database has the name.</summary>
    private async Task CommitAsync(NpgsqlTransaction transaction, int process)
    {
        using var patience = new CancellationTokenSource(commitTimeout);
        try
        {
            await transaction.CommitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (patience.IsCancellationRequested || ServerErrors.EndsSession(failure))
        {
            if (!await IsSwappedAsync(failure, process).ConfigureAwait(false))
            {
                throw;
            }
        }
    }

    private async Task<bool> IsSwappedAsync(Exception failure, int process)
    {
        var waiting = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            try
            {
                var asking = await ConnectAsync().ConfigureAwait(false);
                await using (asking.ConfigureAwait(false))
                {
                    await EndAsync(asking, process).ConfigureAwait(false);
                    return await OidOfAsync(asking, replacements[0].Definition.Name).ConfigureAwait(false)
                        == replacements[0].Oid;
                }
            }
            catch (Exception unknown) when (unknown is NpgsqlException or TimeoutException)
            {
                if (waiting.Elapsed > Patience)
                {
                    throw new CommitUnknownException(
                        Source.Address.DisplayName,
                        new AggregateException(failure, unknown)
                    );
                }
                await Task.Delay(Pause, TimeProvider.System).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Waits for the end of the session that had the transaction; one that holds the locks is that one.</summary>
    private async Task EndAsync(NpgsqlConnection asking, int process)
    {
        const string Held = """
            FROM pg_catalog.pg_locks WHERE pid = $1 AND locktype = 'object' AND granted
                AND classid = 'pg_catalog.pg_database'::regclass AND objid = $2::int8::oid AND mode = 'AccessExclusiveLock'
            """;
        var oid = replacements[0].Definition.Oid;
        await asking
            .ExecuteAsync($"SELECT pg_catalog.pg_terminate_backend(pid) {Held}", CancellationToken.None, process, oid)
            .ConfigureAwait(false);
        while (
            await asking
                .ScalarAsync<bool>($"SELECT EXISTS (SELECT {Held})", CancellationToken.None, process, oid)
                .ConfigureAwait(false)
        )
        {
            await Task.Delay(Pause, TimeProvider.System).ConfigureAwait(false);
        }
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = await Maintenance.ConnectAsync(Source, CancellationToken.None).ConfigureAwait(false);
        try
        {
            await connection.ExecuteAsync(Settings, CancellationToken.None).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static Task<long> OidOfAsync(NpgsqlConnection connection, string database) =>
        connection.ScalarAsync<long>(
            "SELECT oid::int8 FROM pg_catalog.pg_database WHERE datname = $1",
            CancellationToken.None,
            database
        );
}
