using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;

namespace RagStudio.Data.Migrator.PostgreSql.Storage;

/// <summary>
/// The transaction of a run. If the answer to its end is lost, another session asks the server for what is committed with
/// it: the run's row.
/// </summary>
internal sealed class RunTransaction(PostgreSqlStorage storage, RunConnection connection, string runId)
{
    private NpgsqlTransaction? _transaction;
    private string? _prepared;
    private ConnectionSource? _decidedBy;
    private bool _isCommitted;

    /// <summary>True from its begin to its end.</summary>
    public bool Exists => _transaction is not null;

    /// <summary>True if statements are part of it.</summary>
    public bool IsOpen => Exists && _prepared is null;

    /// <summary>The transaction, for what has to name it.</summary>
    public NpgsqlTransaction? Current => _transaction;

    /// <summary>The schema that has the row of the run.</summary>
    public string Schema { get; private set; } = "";

    /// <summary>Forgets one that has ended.</summary>
    /// <param name="schema">The schema that gets the row of the next one.</param>
    public void Forget(string schema) => (Schema, _isCommitted) = (schema, false);

    public void Begin(NpgsqlTransaction transaction) => _transaction = transaction;

    /// <summary>Prepares the commit, which another database decides.</summary>
    public Task PrepareAsync(PreparedDecision decision, ConnectionSource decidedBy)
    {
        // Known before, because the answer may be lost.
        (_prepared, _decidedBy) = (decision.Id, decidedBy);
        return PrepareAsync(decision.Id);
    }

    public async Task CommitAsync()
    {
        var transaction = _transaction!;
        await (
            _prepared is { } prepared
                ? CommitAsync(token => PreparedTransactions.CommitAsync(connection.Current, prepared, token))
                : CommitAsync(transaction.CommitAsync)
        ).ConfigureAwait(false);
        (_transaction, _prepared, _isCommitted) = (null, null, true);
        await transaction.DisposeAsync().ConfigureAwait(false);
    }

    /// <exception cref="InvalidOperationException">It is committed.</exception>
    public async Task DemandNotCommittedAsync()
    {
        if (_isCommitted && await HasRunAsync().ConfigureAwait(false))
        {
            throw new InvalidOperationException("The run is committed, and cannot be rolled back.");
        }
    }

    /// <summary>Rolls it back, even if it is prepared or its session is gone.</summary>
    public async Task RollBackAsync()
    {
        var (transaction, prepared) = (_transaction, _prepared);
        (_transaction, _prepared, _isCommitted) = (null, null, false);
        try
        {
            await RollBackAsync(transaction, prepared).ConfigureAwait(false);
        }
        finally
        {
            if (transaction is not null)
            {
                await transaction.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Ends it with the session, unless it is prepared.</summary>
    public async ValueTask EndAsync()
    {
        if (IsOpen)
        {
            await _transaction!.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>It too may wait for a standby. Its commit, which follows, waits again.</summary>
    private async Task PrepareAsync(string id)
    {
        using var patience = new CancellationTokenSource(storage.CommitTimeout);
        var what = $"The commit of '{storage.DisplayName}' could not be prepared";
        try
        {
            await PreparedTransactions.PrepareAsync(connection.Current, id, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException failure)
        {
            throw new TimeoutException($"{what} within {storage.CommitTimeout.TotalSeconds:0.###} s.", failure);
        }
        catch (NpgsqlException failure)
        {
            throw failure.ToStatementException(storage.Address, what);
        }
    }

    /// <summary>Commits; if the answer is lost, finds out what became of it.</summary>
    private async Task CommitAsync(Func<CancellationToken, Task> commit)
    {
        connection.Standby.Forget();
        using var patience = new CancellationTokenSource(storage.CommitTimeout);
        try
        {
            // When its patience ends, the driver asks the server to cancel, and then breaks the connection. A server that
            // only waits for a standby has committed, and says so.
            await commit(patience.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (patience.IsCancellationRequested || connection.IsGone(failure))
        {
            if (!await IsCommittedAsync(failure).ConfigureAwait(false))
            {
                (_transaction, _prepared) = (null, null);
                throw new InvalidOperationException(
                    $"The connection was lost at the commit, which did not take place ({failure.Message.TrimEnd('.')}).",
                    failure
                );
            }
            await ConfirmAsync().ConfigureAwait(false);
        }
        catch (NpgsqlException failure)
        {
            throw failure.ToStatementException(
                storage.Address,
                $"The server has refused to commit '{storage.DisplayName}'"
            );
        }
    }

    /// <summary>
    /// Writes once more: with that, a standby has the commit too, whose own wait may have ended with its session.
    /// </summary>
    private async Task ConfirmAsync()
    {
        connection.Standby.Forget();
        using var patience = new CancellationTokenSource(storage.CommitTimeout);
        try
        {
            await new HistoryWriter(connection.Current, Schema)
                .TouchRunAsync(runId, patience.Token)
                .ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException)
        {
            // The run is committed all the same.
            connection.Standby.Doubt();
        }
    }

    private async Task<bool> IsCommittedAsync(Exception failure)
    {
        try
        {
            await connection.ReconnectAsync().ConfigureAwait(false);
            // Another start may have ended it already, and a server that has taken over may lack the decision.
            await ResolvePreparedAsync(CancellationToken.None).ConfigureAwait(false);
            return await HasRunAsync().ConfigureAwait(false);
        }
        // Whatever keeps it from being known, it must not be taken for a failure that is undone.
        catch (Exception unknown)
        {
            throw new CommitUnknownException(
                storage.DisplayName,
                new InvalidOperationException(
                    $"{failure.Message.TrimEnd('.')}; {unknown.Message.TrimEnd('.')}",
                    new AggregateException(failure, unknown)
                )
            );
        }
    }

    /// <summary>Looks for the row that is committed with the run; a failover may have lost both.</summary>
    public async Task<bool> HasRunAsync()
    {
        try
        {
            var now = await storage
                .LookAsync(connection.Current, storage.Databases, CancellationToken.None)
                .ConfigureAwait(false);
            return now.Has(Schema, MigratorTables.Runs)
                && await new HistoryWriter(connection.Current, Schema).HasRunAsync(runId).ConfigureAwait(false);
        }
        catch (Exception failure) when (connection.IsGone(failure))
        {
            await connection.ReconnectAsync().ConfigureAwait(false);
            return await HasRunAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends what killed runs have prepared.</summary>
    public Task ResolvePreparedAsync(CancellationToken cancellationToken) =>
        new PreparedTransactions(storage, connection.Current, connection.Server, _decidedBy).ResolveAsync(
            cancellationToken
        );

    private async Task RollBackAsync(NpgsqlTransaction? transaction, string? prepared)
    {
        try
        {
            if (prepared is not null)
            {
                await PreparedTransactions.RollBackAsync(connection.Current, prepared).ConfigureAwait(false);
            }
            else if (transaction is not null)
            {
                await transaction.RollbackAsync().ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (connection.IsGone(failure))
        {
            await RollBackLostAsync(prepared).ConfigureAwait(false);
        }
        catch (NpgsqlException failure)
        {
            throw failure.ToStatementException(
                storage.Address,
                $"The server has refused to roll back '{storage.DisplayName}', which is left to the next start"
            );
        }
    }

    /// <summary>The server rolls back with the session. The lock is free when it has.</summary>
    private async Task RollBackLostAsync(string? prepared)
    {
        try
        {
            await connection.ReconnectAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
            when (prepared is null && (connection.IsGone(failure) || failure is MigrationException))
        {
            // Nothing was committed, and nothing can be any more.
            return;
        }
        if (prepared is not null)
        {
            await PreparedTransactions.RollBackAsync(connection.Current, prepared).ConfigureAwait(false);
        }
    }
}
