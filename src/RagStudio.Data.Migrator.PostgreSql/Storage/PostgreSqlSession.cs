using System.Data;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Apply;
using RagStudio.Data.Migrator.PostgreSql.BackUp;
using RagStudio.Data.Migrator.PostgreSql.Keep;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.PostgreSql.Validate;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Steps;

namespace RagStudio.Data.Migrator.PostgreSql.Storage;

/// <summary>A database under a run's lock. The run is one transaction of its connection.</summary>
internal sealed class PostgreSqlSession(
    PostgreSqlStorage storage,
    NpgsqlConnection connection,
    ServerState server,
    RunIdentity run,
    ServerIdentity identity
) : PostgreSqlReader(storage, connection, server), IStorageSession
{
    private static readonly PostgreSqlDatabaseOptions Default = new();

    private readonly RunKeeper _keeper = new(run, storage.Address);
    private readonly StandbyWait _standby = new();
    private readonly HashSet<string> _withTables = new(StringComparer.Ordinal);
    private int _processId = connection.ProcessID;
    private ServerIdentity _server = identity;
    private ServerIdentity _begunOn = identity;
    private NpgsqlTransaction? _transaction;
    private List<FollowingStatement> _following = [];
    private string? _runSchema;
    private bool _isRecorded;
    private string? _prepared;
    private ConnectionSource? _decidedBy;
    private bool _isCommitted;
    private bool _rollsBackDdl;
    private Replacement? _replacement;
    private readonly List<PostgreSqlSession> _together = [];
    private bool _isSwapped;
    private long _locking;

    public bool Existed { get; private set; }

    public UndoMethod Undo => UndoMethod.Transaction;

    public string? CommitWarning =>
        _standby.WasCancelled
            ? $"'{Storage.DisplayName}' is committed on the primary, and no synchronous standby has confirmed it within {CommitTimeout.TotalSeconds:0.###} s: a standby that takes over may lack it. Connect the standbys that synchronous_standby_names demands."
            : null;

    /// <summary>What a replica had not received when it took over is lost.</summary>
    public string? RollBackWarning =>
        _begunOn.Timeline == _server.Timeline
            ? null
            : $"Another server has taken over since the run began (timeline {_begunOn.Timeline}, now {_server.Timeline}): what was committed shortly before that may be lost, by this run and by others.";

    public TimeSpan? LocksHeld { get; private set; }

    protected override bool IsInTransaction => _transaction is not null && _prepared is null;

    /// <summary>Ends what an earlier run has left, and looks if there is anything.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        _standby.Watch(Connection);
        await ResolvePreparedAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await FollowAsync(isRepeated: true, cancellationToken).ConfigureAwait(false);
        }
        catch (ServerStatementException failure)
        {
            throw new DatabaseAccessException(
                MigrationPhase.Recover,
                Storage.DisplayName,
                DatabaseProblem.Server,
                failure.Message,
                failure
            );
        }
        Existed = (await ReadTablesAsync(cancellationToken).ConfigureAwait(false)).Count > 0;
        OpenSessions.Add(_server, _processId, Storage.Source);
    }

    /// <summary>Reads the schema as it will be when what follows the commit is done: the run is judged by that.</summary>
    public override async Task<DatabaseSchema> ReadSchemaAsync(
        IReadOnlyList<IMigrationDatabase> databases,
        WorkLimits limits
    )
    {
        var schema = await base.ReadSchemaAsync(databases, limits).ConfigureAwait(false);
        return _following.Aggregate(schema, (changed, statement) => statement.Change(changed, Target));
    }

    /// <summary>True if what follows the commit changes the schema in a way that <see cref="ReadSchemaAsync"/> cannot tell.</summary>
    public bool ChangesAfterCommit =>
        _following.Any(statement => !OutsideStatement.Read(statement.Sql).LeavesSchema && statement.Starts is not null);

    public string Replaced => _replacement is { } made ? $"the database '{made.FormerName}'" : "";

    /// <summary>
    /// Restores into a database beside it, in which the session goes on. It takes the place of the other at the commit, or
    /// at once without <see cref="BeginAsync"/>.
    /// </summary>
    public async Task RestoreAsync(string? file)
    {
        var isBegun = _transaction is not null;
        if (isBegun)
        {
            // An open transaction would keep the server from cleaning up, for as long as the restore takes.
            await RollBackAsync().ConfigureAwait(false);
        }
        _isSwapped = false;
        try
        {
            _replacement = await Replacement
                .CreateAsync(Storage.Source, Storage.Tools, Connection, file)
                .ConfigureAwait(false);
            (Connection, Rows) = (_replacement.Connection, new RowCounts(Target, Storage.Source));
            Existed = (await ReadTablesAsync(CancellationToken.None).ConfigureAwait(false)).Count > 0;
        }
        catch (NpgsqlException failure)
        {
            throw failure.ToAccessException(MigrationPhase.Apply, Storage.Address);
        }
        if (!isBegun)
        {
            await SwapAsync().ConfigureAwait(false);
        }
    }

    public bool IsContention(Exception failure) => ServerErrors.IsContention(failure);

    public bool BeginsAgain(Exception failure) => failure is KeepFirstException;

    public Task PrepareAgainAsync(
        Func<CancellationToken, Task<CreatedCopies>> backUpAsync,
        CancellationToken cancellationToken
    ) => _keeper.CoverAsync(Connection, backUpAsync, cancellationToken);

    public IReadOnlyList<DroppedData> DroppedData => _keeper.Dropped;

    protected override async Task CountDumpedAsync(CancellationToken cancellationToken)
    {
        await _keeper.SeeDumpAsync(Connection, cancellationToken).ConfigureAwait(false);
        await base.CountDumpedAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<string?> MigrateAsync(
        IMigrationDatabase database,
        CompiledSteps steps,
        IMigrationObserver observer,
        CancellationToken cancellationToken
    )
    {
        var known = (IPostgreSqlDatabase)database;
        using var connected = known.ConnectFor(steps, Connection);
        try
        {
            if (connected is not null)
            {
                await connected.NotifyOpenedAsync().ConfigureAwait(false);
            }
            var own = new StepRun(
                Connection,
                Storage.Source,
                Watch,
                WriterAsync,
                observer,
                _keeper,
                run.AllowsUnrepeatableStatements,
                Target,
                isTransaction: _transaction is not null
            );
            var provider = new PostgreSqlMigrationSteps(Connection, known, Target, own);
            var stale = await (
                connected is null
                    ? CompiledMigrator.MigrateAsync(
                        steps,
                        Connection,
                        provider,
                        _transaction,
                        observer,
                        cancellationToken
                    )
                    : MigrateAsync(connected.Context, steps, provider, observer, cancellationToken)
            ).ConfigureAwait(false);
            _following.AddRange(own.Following);
            _keeper.DemandKept();
            return stale;
        }
        catch (MigrationStepException step) when (step.InnerException is NpgsqlException failure)
        {
            throw new MigrationStepException(
                step.Version,
                step.Kind,
                step.ExceededLimit,
                step.Duration,
                failure.ToStatementException(Storage.Address)
            );
        }
        catch (Exception failure) when (failure is not (MigrationStepException or OperationCanceledException))
        {
            var cause = failure is NpgsqlException refused ? refused.ToStatementException(Storage.Address) : failure;
            throw new MigrationStepException(null, MigrationKind.Schema, exceededLimit: null, TimeSpan.Zero, cause);
        }
    }

    public async Task BeginAsync(
        IReadOnlyList<PlannedSteps> steps,
        TimeSpan lockTimeout,
        CancellationToken cancellationToken
    )
    {
        (_following, _runSchema, _isRecorded, _isCommitted) = ([], SchemaOf(steps), false, false);
        _begunOn = _server;
        var trying = Stopwatch.StartNew();
        try
        {
            if (!_rollsBackDdl)
            {
                await TransactionalDdl
                    .ProveAsync(Connection, Storage.Address, Target, cancellationToken)
                    .ConfigureAwait(false);
                _rollsBackDdl = true;
            }
            var begin = new TransactionBegin(Connection, Target);
            _transaction = await begin
                .RunAsync(steps, SchemasFor(Storage.Databases), lockTimeout, cancellationToken)
                .ConfigureAwait(false);
            _locking = begin.Locking;
            await _keeper.BeginAsync(Connection, cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException failure) when (ServerErrors.IsContention(failure))
        {
            throw new DatabaseLockedException(
                MigrationPhase.Apply,
                Storage.DisplayName,
                trying.Elapsed,
                cause: failure
            );
        }
        catch (NpgsqlException failure)
        {
            throw failure.ToStatementException(Storage.Address);
        }

        Rows.Begin(await ReadTablesAsync(cancellationToken).ConfigureAwait(false));
    }

    public async Task PrepareCommitAsync(IDatabaseStorage decidedBy)
    {
        if (_replacement is not null)
        {
            JoinSwap(((PostgreSqlStorage)decidedBy).Session);
            return;
        }
        // A prepared transaction that a killed rehearsal has left would keep its database from being dropped.
        if (
            _transaction is null
            || Storage.OwnScratch is not null
            || ((PostgreSqlStorage)decidedBy).Session is not { } deciding
        )
        {
            return;
        }
        await RecordRunAsync().ConfigureAwait(false);
        // A copy of a cluster has its system identifier and its databases too, and would decide by its own.
        if (
            _server.IsSameServer(deciding._server)
            && await PreparedTransactions.AreAllowedAsync(Connection).ConfigureAwait(false)
        )
        {
            var decision = await deciding.DecideAsync().ConfigureAwait(false);
            // Known before, because the answer may be lost.
            (_prepared, _decidedBy) = (decision.Id, deciding.Storage.Source);
            await PrepareAsync(decision.Id).ConfigureAwait(false);
        }
    }

    /// <summary>Records the run in its transaction, whose commit decides what becomes of those that are prepared.</summary>
    public async Task<PreparedDecision> DecideAsync()
    {
        await RecordRunAsync().ConfigureAwait(false);
        return await PreparedDecision.ReadAsync(Connection, RunSchema, run.Id).ConfigureAwait(false);
    }

    public async Task CommitAsync()
    {
        if (_replacement is not null)
        {
            await SwapAsync().ConfigureAwait(false);
            return;
        }
        if (_transaction is not { } transaction)
        {
            return;
        }
        if (_prepared is { } prepared)
        {
            await CommitAsync(token => PreparedTransactions.CommitAsync(Connection, prepared, token))
                .ConfigureAwait(false);
        }
        else
        {
            await RecordRunAsync().ConfigureAwait(false);
            await CommitAsync(transaction.CommitAsync).ConfigureAwait(false);
        }
        LocksHeld = Stopwatch.GetElapsedTime(_locking);
        (_transaction, _prepared, _isCommitted) = (null, null, true);
        await transaction.DisposeAsync().ConfigureAwait(false);
    }

    public async Task FinishAsync()
    {
        if (_following.Count == 0)
        {
            return;
        }
        // The session may have ended since its commit, and a server that has taken over may lack it.
        if (!await HasRunAsync().ConfigureAwait(false))
        {
            throw new InvalidOperationException($"The server has lost what was committed. {RollBackWarning}".TrimEnd());
        }
        try
        {
            await FollowAsync(isRepeated: false, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ServerStatementException failure)
        {
            throw new ServerStatementException($"Everything is committed, but {failure.Message}", failure);
        }
    }

    public async Task RollBackAsync()
    {
        if (_isSwapped)
        {
            throw new InvalidOperationException($"The backup is restored; what it replaced is {Replaced}.");
        }
        if (_replacement is not null)
        {
            await DropReplacementAsync().ConfigureAwait(false);
            return;
        }
        if (_isCommitted && await HasRunAsync().ConfigureAwait(false))
        {
            throw new InvalidOperationException("The run is committed, and cannot be rolled back.");
        }
        var (transaction, prepared) = (_transaction, _prepared);
        (_transaction, _prepared, _isCommitted) = (null, null, false);
        _withTables.Clear();
        Rows.RollBack();
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

    public async Task AppendAsync(IMigrationDatabase database, MigrationRecord record)
    {
        var known = (IPostgreSqlDatabase)database;
        await InTransactionAsync(known, writer => writer.AppendAsync(known.Owner, record)).ConfigureAwait(false);
    }

    public async Task WriteCacheAsync(IMigrationDatabase database, DatabaseCache cache)
    {
        var known = (IPostgreSqlDatabase)database;
        // What follows the commit changes the schema once more.
        var kept = _following.Count == 0 ? cache : cache with { Schema = null };
        await InTransactionAsync(known, writer => writer.WriteAsync(known.Owner, kept, CancellationToken.None))
            .ConfigureAwait(false);
    }

    public override async ValueTask DisposeAsync()
    {
        Storage.Session = null;
        if (_replacement is not null && !_isSwapped)
        {
            await DropReplacementAsync().ConfigureAwait(false);
        }
        if (_transaction is { } transaction && _prepared is null)
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
        }
        OpenSessions.Remove(_server, _processId);
        await RunLock.ReleaseAsync(Connection).ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Databases of one server take their places together, in one transaction.</summary>
    private void JoinSwap(PostgreSqlSession? deciding)
    {
        if (
            deciding?._replacement is not null
            && _server.IsSameServer(deciding._server)
            && Storage.Source.IsSameRole(deciding.Storage.Source)
        )
        {
            deciding._together.Add(this);
        }
    }

    private async Task SwapAsync()
    {
        if (!_isSwapped)
        {
            PostgreSqlSession[] together = [this, .. _together];
            try
            {
                await new DatabaseSwap([.. together.Select(one => one._replacement!)]).RunAsync().ConfigureAwait(false);
            }
            catch (NpgsqlException failure)
            {
                throw failure.ToAccessException(MigrationPhase.Record, Storage.Address);
            }
            foreach (var one in together)
            {
                one._isSwapped = true;
            }
        }
        try
        {
            await ReconnectAsync().ConfigureAwait(false);
        }
        // All is done: what follows tidies up, and tells what it cannot.
        catch (Exception failure) when (IsGone(failure) || failure is MigrationException) { }
    }

    /// <summary>Goes on in the database that was not replaced.</summary>
    private async Task DropReplacementAsync()
    {
        var replacement = _replacement!;
        (_replacement, Rows) = (null, new RowCounts(Target, Storage.Source));
        _together.Clear();
        try
        {
            await Connection.DisposeAsync().ConfigureAwait(false);
            Connection = replacement.Replaced;
            if (replacement.IsDetached)
            {
                await ReconnectAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            await replacement.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The schema that has the row of the run.</summary>
    private string RunSchema => _runSchema ?? Target;

    private string SchemaOf(IReadOnlyList<PlannedSteps> steps) =>
        steps is [var first, ..] ? StateReader.SchemaOf((IPostgreSqlDatabase)first.Database, Target) : Target;

    private async Task RecordRunAsync()
    {
        if (_isRecorded)
        {
            return;
        }
        try
        {
            await DemandNoDuplicatesAsync().ConfigureAwait(false);
            var writer = await WriterAsync(RunSchema, CancellationToken.None).ConfigureAwait(false);
            await writer
                .AddRunAsync(run.Id, [.. _following.Select(statement => statement.ToString())])
                .ConfigureAwait(false);
        }
        catch (NpgsqlException failure)
        {
            throw failure.ToStatementException(
                Storage.Address,
                $"'{Storage.DisplayName}' was not committed, because the run could not be recorded in {MigratorTables.Runs}"
            );
        }
        _isRecorded = true;
    }

    /// <summary>It too may wait for a standby. Its commit, which follows, waits again.</summary>
    private async Task PrepareAsync(string id)
    {
        using var patience = new CancellationTokenSource(CommitTimeout);
        var what = $"The commit of '{Storage.DisplayName}' could not be prepared";
        try
        {
            await PreparedTransactions.PrepareAsync(Connection, id, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException failure)
        {
            throw new TimeoutException($"{what} within {CommitTimeout.TotalSeconds:0.###} s.", failure);
        }
        catch (NpgsqlException failure)
        {
            throw failure.ToStatementException(Storage.Address, what);
        }
    }

    /// <summary>A unique index that follows the run would fail over rows that are there now.</summary>
    private async Task DemandNoDuplicatesAsync()
    {
        foreach (var following in _following)
        {
            if (
                OutsideStatement.Read(following.Sql).CountDuplicates() is { } count
                && await Connection.ScalarAsync<long>(count, CancellationToken.None).ConfigureAwait(false)
                    is > 0
                        and var groups
            )
            {
                throw new InvalidOperationException(
                    $"A unique index that follows the migrations would fail: {groups} groups of rows have equal keys. Remove the duplicates, then try again. The statement: {following.Sql}"
                );
            }
        }
    }

    /// <summary>Commits; if the answer is lost, finds out what became of it.</summary>
    private async Task CommitAsync(Func<CancellationToken, Task> commit)
    {
        _standby.Forget();
        using var patience = new CancellationTokenSource(CommitTimeout);
        try
        {
            // When its patience ends, the driver asks the server to cancel, and then breaks the connection. A server that
            // only waits for a standby has committed, and says so.
            await commit(patience.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (patience.IsCancellationRequested || IsGone(failure))
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
                Storage.Address,
                $"The server has refused to commit '{Storage.DisplayName}'"
            );
        }
    }

    /// <summary>
    /// Writes once more: with that, a standby has the commit too, whose own wait may have ended with its session.
    /// </summary>
    private async Task ConfirmAsync()
    {
        _standby.Forget();
        using var patience = new CancellationTokenSource(CommitTimeout);
        try
        {
            await new HistoryWriter(Connection, RunSchema).TouchRunAsync(run.Id, patience.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException)
        {
            // The run is committed all the same.
            _standby.Doubt();
        }
    }

    private TimeSpan CommitTimeout =>
        Storage
            .Databases.Select(database => database.Options.CommitTimeout)
            .DefaultIfEmpty(Default.CommitTimeout)
            .Min();

    private async Task<bool> IsCommittedAsync(Exception failure)
    {
        try
        {
            await ReconnectAsync().ConfigureAwait(false);
            // Another start may have ended it already, and a server that has taken over may lack the decision.
            await ResolvePreparedAsync(CancellationToken.None).ConfigureAwait(false);
            return await HasRunAsync().ConfigureAwait(false);
        }
        // Whatever keeps it from being known, it must not be taken for a failure that is undone.
        catch (Exception unknown)
        {
            throw new CommitUnknownException(
                Storage.DisplayName,
                new InvalidOperationException(
                    $"{failure.Message.TrimEnd('.')}; {unknown.Message.TrimEnd('.')}",
                    new AggregateException(failure, unknown)
                )
            );
        }
    }

    /// <summary>Looks for the row that is committed with the run; a failover may have lost both.</summary>
    private async Task<bool> HasRunAsync()
    {
        try
        {
            var now = await LookAsync(Storage.Databases, CancellationToken.None).ConfigureAwait(false);
            return now.Has(RunSchema, MigratorTables.Runs)
                && await new HistoryWriter(Connection, RunSchema).HasRunAsync(run.Id).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsGone(failure))
        {
            await ReconnectAsync().ConfigureAwait(false);
            return await HasRunAsync().ConfigureAwait(false);
        }
    }

    private Task ResolvePreparedAsync(CancellationToken cancellationToken) =>
        new PreparedTransactions(Storage, Connection, _server, _decidedBy).ResolveAsync(cancellationToken);

    private async Task RollBackAsync(NpgsqlTransaction? transaction, string? prepared)
    {
        try
        {
            if (prepared is not null)
            {
                await PreparedTransactions.RollBackAsync(Connection, prepared).ConfigureAwait(false);
            }
            else if (transaction is not null)
            {
                await transaction.RollbackAsync().ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (IsGone(failure))
        {
            await RollBackLostAsync(prepared).ConfigureAwait(false);
        }
        catch (NpgsqlException failure)
        {
            throw failure.ToStatementException(
                Storage.Address,
                $"The server has refused to roll back '{Storage.DisplayName}', which is left to the next start"
            );
        }
    }

    /// <summary>The server rolls back with the session. The lock is free when it has.</summary>
    private async Task RollBackLostAsync(string? prepared)
    {
        try
        {
            await ReconnectAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (prepared is null && (IsGone(failure) || failure is MigrationException))
        {
            // Nothing was committed, and nothing can be any more.
            return;
        }
        if (prepared is not null)
        {
            await PreparedTransactions.RollBackAsync(Connection, prepared).ConfigureAwait(false);
        }
    }

    /// <summary>True if the session is gone, which the driver says in several ways.</summary>
    private bool IsGone(Exception failure) =>
        ServerErrors.EndsSession(failure) || Connection.State != ConnectionState.Open;

    /// <summary>
    /// Replaces a connection that is gone. The lock tells that the server has ended the old session, so that its
    /// transaction is over one way or the other.
    /// </summary>
    private async Task ReconnectAsync()
    {
        OpenSessions.Remove(_server, _processId);
        await Connection.DisposeAsync().ConfigureAwait(false);
        (Connection, _server) = await SessionOpener
            .ReopenAsync(Storage, run, _server, CommitTimeout * 2)
            .ConfigureAwait(false);
        _processId = Connection.ProcessID;
        _standby.Watch(Connection);
        OpenSessions.Add(_server, _processId, Storage.Source);
    }

    private async Task FollowAsync(bool isRepeated, CancellationToken cancellationToken)
    {
        var now = await LookAsync(Storage.Databases, cancellationToken).ConfigureAwait(false);
        foreach (var schema in SchemasWithTables(now))
        {
            var writer = new HistoryWriter(Connection, schema);
            await new FollowingStatements(Connection, Storage.Address, writer, run.StatementOutcomes, CommitTimeout)
                .RunAsync(isRepeated, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private IEnumerable<string> SchemasWithTables(ServerState now) =>
        Storage
            .Databases.Select(database => StateReader.SchemaOf(database, Target))
            .Distinct(StringComparer.Ordinal)
            .Where(schema => now.Has(schema, MigratorTables.Runs));

    private async Task InTransactionAsync(IPostgreSqlDatabase database, Func<HistoryWriter, Task> write)
    {
        var own = _transaction is null ? await Connection.BeginTransactionAsync().ConfigureAwait(false) : null;
        try
        {
            await write(await WriterAsync(database, CancellationToken.None).ConfigureAwait(false))
                .ConfigureAwait(false);
            if (own is not null)
            {
                // It may wait for a standby: when the patience ends it is done, on the primary.
                using var patience = new CancellationTokenSource(CommitTimeout);
                await own.CommitAsync(patience.Token).ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            // What the transaction has created is gone with it.
            _withTables.Clear();
            if (failure is NpgsqlException refused)
            {
                throw refused.ToAccessException(MigrationPhase.Record, Storage.Address);
            }
            throw;
        }
        finally
        {
            if (own is not null)
            {
                await own.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private Task<HistoryWriter> WriterAsync(IPostgreSqlDatabase database, CancellationToken cancellationToken) =>
        WriterAsync(StateReader.SchemaOf(database, Target), cancellationToken);

    /// <summary>Creates the migrator's tables when something is first written.</summary>
    private async Task<HistoryWriter> WriterAsync(string schema, CancellationToken cancellationToken)
    {
        var writer = new HistoryWriter(Connection, schema);
        if (!_withTables.Contains(schema))
        {
            await writer.CreateTablesAsync(cancellationToken).ConfigureAwait(false);
            if (_transaction is not null)
            {
                _withTables.Add(schema);
            }
        }
        return writer;
    }

    private WatchedRows Watch(IMigrationObserver observer) =>
        new(Connection, Rows, SchemasFor(Storage.Databases), SchemaReader.LeftOut(Storage.Databases), Target, observer);

    private Task<List<RowTable>> ReadTablesAsync(CancellationToken cancellationToken) =>
        RowTables.ReadAsync(
            Connection,
            SchemasFor(Storage.Databases),
            SchemaReader.LeftOut(Storage.Databases),
            Target,
            cancellationToken
        );

    /// <summary>Seeds as EF's migrator does at its end.</summary>
    private async Task<string?> MigrateAsync(
        DbContext context,
        CompiledSteps steps,
        PostgreSqlMigrationSteps provider,
        IMigrationObserver observer,
        CancellationToken cancellationToken
    )
    {
        if (_transaction is { } transaction)
        {
            await context.Database.UseTransactionAsync(transaction, cancellationToken).ConfigureAwait(false);
        }
        try
        {
            var stale = await CompiledMigrator
                .MigrateAsync(steps, context, provider, _transaction, observer, cancellationToken)
                .ConfigureAwait(false);
            if (stale is null)
            {
                await Seeding.SeedMigratedAsync(context, cancellationToken).ConfigureAwait(false);
            }
            return stale;
        }
        finally
        {
            await context.Database.UseTransactionAsync(null, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
