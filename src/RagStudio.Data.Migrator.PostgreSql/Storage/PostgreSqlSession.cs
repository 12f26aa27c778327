using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Apply;
using RagStudio.Data.Migrator.PostgreSql.Copy;
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
    RunConnection connection,
    ServerState server,
    RunIdentity run
) : PostgreSqlReader(storage, connection.Current, server), IStorageSession
{
    private readonly RunKeeper _keeper = new(run, storage.Address);
    private readonly RunTransaction _transaction = new(storage, connection, run.Id);
    private readonly OwnTables _tables = new(storage, connection);
    private readonly RestoredDatabase _restored = new(storage, connection);
    private readonly FollowUp _following = new();
    private readonly LockTurn _turn = new();
    private bool _isRecorded;
    private bool _rollsBackDdl;
    private long _locking;

    public bool Existed { get; private set; }

    public UndoMethod Undo => UndoMethod.Transaction;

    public string? CommitWarning =>
        connection.Standby.WasCancelled
            ? $"'{Storage.DisplayName}' is committed on the primary, and no synchronous standby has confirmed it within {Storage.CommitTimeout.TotalSeconds:0.###} s: a standby that takes over may lack it. Connect the standbys that synchronous_standby_names demands."
            : null;

    public string? RollBackWarning => connection.TakeOver;

    public TimeSpan? LocksHeld { get; private set; }

    protected override NpgsqlConnection Connection => connection.Current;

    protected override bool IsInTransaction => _transaction.IsOpen;

    /// <summary>Ends what an earlier run has left, and looks if there is anything.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        connection.Standby.Watch(Connection);
        await _transaction.ResolvePreparedAsync(cancellationToken).ConfigureAwait(false);
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
        connection.Announce();
    }

    /// <summary>Reads the schema as it will be when what follows the commit is done: the run is judged by that.</summary>
    public override async Task<DatabaseSchema> ReadSchemaAsync(
        IReadOnlyList<IMigrationDatabase> databases,
        WorkLimits limits
    )
    {
        var schema = await base.ReadSchemaAsync(databases, limits).ConfigureAwait(false);
        return _following.Change(schema, Target);
    }

    public override string? CannotCompareSchema =>
        _following.ChangesUnknown
            ? "a statement that follows the commit changes it in a way that is not known before"
            : null;

    public string Replaced => _restored.Replaced;

    /// <summary>
    /// Restores into a database beside it, in which the session goes on. It takes the place of the other at the commit, or
    /// at once without <see cref="BeginAsync"/>.
    /// </summary>
    public async Task RestoreAsync(string? file)
    {
        var isBegun = _transaction.Exists;
        if (isBegun)
        {
            // An open transaction would keep the server from cleaning up, for as long as the restore takes.
            await RollBackAsync().ConfigureAwait(false);
        }
        try
        {
            await _restored.CreateAsync(file).ConfigureAwait(false);
            Rows = new RowCounts(Target, Storage.Source);
            Existed = (await ReadTablesAsync(CancellationToken.None).ConfigureAwait(false)).Count > 0;
        }
        catch (NpgsqlException failure)
        {
            throw failure.ToAccessException(MigrationPhase.Apply, Storage.Address);
        }
        if (!isBegun)
        {
            await _restored.SwapAsync().ConfigureAwait(false);
        }
    }

    public bool IsContention(Exception failure) => failure is TableUseException || ServerErrors.IsContention(failure);

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

    public void Prepare(IMigrationDatabase database, CompiledSteps steps)
    {
        using var connected = ((IPostgreSqlDatabase)database).ConnectFor(steps, Connection);
        if (connected is not null)
        {
            CompiledMigrator.Prepare(steps, connected.Context);
        }
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
                isTransaction: _transaction.Exists,
                isScratch: Storage.OwnScratch is not null
            );
            var provider = new PostgreSqlMigrationSteps(Connection, known, Target, own);
            var stale = await (
                connected is null
                    ? CompiledMigrator.MigrateAsync(
                        steps,
                        Connection,
                        provider,
                        _transaction.Current,
                        observer,
                        cancellationToken
                    )
                    : MigrateAsync(connected.Context, steps, provider, observer, cancellationToken)
            ).ConfigureAwait(false);
            _following.Add(own.Following);
            await DemandNothingSharedAsync(cancellationToken).ConfigureAwait(false);
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

    /// <summary>What a rehearsal would commit beyond its database, the run itself would find done.</summary>
    private async Task DemandNothingSharedAsync(CancellationToken cancellationToken)
    {
        if (
            Storage.OwnScratch is not null
            && await SharedChanges.FindAsync(Connection, cancellationToken).ConfigureAwait(false) is { } change
        )
        {
            throw new NoScratchException($"{change}.");
        }
    }

    public async Task BeginAsync(
        IReadOnlyList<PlannedSteps> steps,
        TimeSpan lockTimeout,
        CancellationToken cancellationToken
    )
    {
        _following.Clear();
        _isRecorded = false;
        _transaction.Forget(SchemaOf(steps));
        connection.Begin();
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
            var begin = new TransactionBegin(Connection, Target, _turn);
            _transaction.Begin(
                await begin
                    .RunAsync(
                        steps,
                        SchemasFor(Storage.Databases),
                        lockTimeout,
                        async () =>
                        {
                            await _tables
                                .LookAsync(SchemasFor(Storage.Databases), cancellationToken)
                                .ConfigureAwait(false);
                            await _keeper.LookAsync(Connection, cancellationToken).ConfigureAwait(false);
                            Rows.Begin(await ReadTablesAsync(cancellationToken).ConfigureAwait(false));
                        },
                        cancellationToken
                    )
                    .ConfigureAwait(false)
            );
            _locking = begin.Locking;
            await _keeper.BeginAsync(Connection, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsContention(failure))
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
    }

    public async Task PrepareCommitAsync(IDatabaseStorage decidedBy)
    {
        if (((PostgreSqlStorage)decidedBy).Session is not { } deciding)
        {
            return;
        }
        if (_restored.Exists)
        {
            _restored.Join(deciding._restored, deciding.Server, deciding.Storage.Source);
            return;
        }
        // A prepared transaction that a killed rehearsal has left would keep its database from being dropped.
        if (!_transaction.Exists || Storage.OwnScratch is not null)
        {
            return;
        }
        await RecordRunAsync().ConfigureAwait(false);
        // A copy of a cluster has its system identifier and its databases too, and would decide by its own.
        if (await CanPrepareCommitAsync(decidedBy, CancellationToken.None).ConfigureAwait(false))
        {
            var decision = await deciding.DecideAsync().ConfigureAwait(false);
            await _transaction.PrepareAsync(decision, deciding.Storage.Source).ConfigureAwait(false);
        }
    }

    public async Task<bool> CanPrepareCommitAsync(IDatabaseStorage decidedBy, CancellationToken cancellationToken) =>
        ((PostgreSqlStorage)decidedBy).Session is { } deciding
        && Server.IsSameServer(deciding.Server)
        && await PreparedTransactions.AreAllowedAsync(Connection).ConfigureAwait(false);

    /// <summary>Records the run in its transaction, whose commit decides what becomes of those that are prepared.</summary>
    public async Task<PreparedDecision> DecideAsync()
    {
        await RecordRunAsync().ConfigureAwait(false);
        return await PreparedDecision.ReadAsync(Connection, _transaction.Schema, run.Id).ConfigureAwait(false);
    }

    public async Task CommitAsync()
    {
        if (_restored.Exists)
        {
            await _restored.SwapAsync().ConfigureAwait(false);
        }
        else if (_transaction.Exists)
        {
            if (_transaction.IsOpen)
            {
                await RecordRunAsync().ConfigureAwait(false);
            }
            await _transaction.CommitAsync().ConfigureAwait(false);
            LocksHeld = Stopwatch.GetElapsedTime(_locking);
        }
    }

    public async Task FinishAsync()
    {
        if (_following.IsEmpty)
        {
            return;
        }
        // The session may have ended since its commit, and a server that has taken over may lack it.
        if (!await _transaction.HasRunAsync().ConfigureAwait(false))
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
        if (_restored.IsSwapped)
        {
            throw new InvalidOperationException($"The backup is restored; what it replaced is {Replaced}.");
        }
        if (_restored.Exists)
        {
            Rows = new RowCounts(Target, Storage.Source);
            await _restored.DropAsync().ConfigureAwait(false);
            return;
        }
        await _transaction.DemandNotCommittedAsync().ConfigureAwait(false);
        _tables.Forget();
        Rows.RollBack();
        await _transaction.RollBackAsync().ConfigureAwait(false);
    }

    public Task AppendAsync(IMigrationDatabase database, MigrationRecord record)
    {
        var known = (IPostgreSqlDatabase)database;
        return WriteAsync(known, writer => writer.AppendAsync(known.Owner, record));
    }

    public IBulkRows Bulk => field ??= new PostgreSqlBulkRows(() => Connection, Storage.Address, Target);

    public Task MarkAsync(IMigrationDatabase database, MigrationRecord record)
    {
        var known = (IPostgreSqlDatabase)database;
        var schema = StateReader.SchemaOf(known, Target);
        return WriteAsync(
            known,
            async writer =>
            {
                var isMoved = record.Event == MigrationEvent.Moved;
                await writer.MarkAsync(known.History, isMoved).ConfigureAwait(false);
                if (!isMoved)
                {
                    await MoveTriggers.DropAsync(Connection, schema).ConfigureAwait(false);
                }
                else
                {
                    var tables = known.BuildModel().Tables.Where(table => !table.IsExcludedFromMigrations);
                    await MoveTriggers
                        .CreateAsync(
                            Connection,
                            schema,
                            tables.Select(table => PostgreSqlText.Quote(table.Schema ?? Target, table.Name))
                        )
                        .ConfigureAwait(false);
                }
                await writer.AppendAsync(known.Owner, record).ConfigureAwait(false);
            }
        );
    }

    public Task ChangeHistoryAsync(IMigrationDatabase database, HistoryChange change)
    {
        var known = (IPostgreSqlDatabase)database;
        var steps = new PostgreSqlMigrationSteps(Connection, known, Target);
        IEnumerable<string> statements =
        [
            .. change.Dropped.Select(table => $"DROP TABLE {QuoteTable(table)}"),
            .. change.Removed.Select(version => steps.HistoryChange(version, reverts: true)),
            .. change.Added.Select(version => steps.HistoryChange(version, reverts: false)),
        ];
        return WriteAsync(
            known,
            async writer =>
            {
                foreach (var statement in statements)
                {
                    await Connection.ExecuteAsync(statement, CancellationToken.None).ConfigureAwait(false);
                }
                foreach (var record in change.Records)
                {
                    await writer.AppendAsync(known.Owner, record).ConfigureAwait(false);
                }
            }
        );
    }

    public Task WriteCacheAsync(IMigrationDatabase database, DatabaseCache cache)
    {
        var known = (IPostgreSqlDatabase)database;
        // What follows the commit changes the schema once more.
        var kept = _following.IsEmpty ? cache : cache with { Schema = null };
        return WriteAsync(known, writer => writer.WriteAsync(known.Owner, kept, CancellationToken.None));
    }

    public override async ValueTask DisposeAsync()
    {
        Storage.Session = null;
        if (_restored is { Exists: true, IsSwapped: false })
        {
            await _restored.DropAsync().ConfigureAwait(false);
        }
        await _transaction.EndAsync().ConfigureAwait(false);
        connection.Withdraw();
        await RunLock.ReleaseAsync(Connection).ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private ServerIdentity Server => connection.Server;

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
            await _following.DemandNoDuplicatesAsync(Connection).ConfigureAwait(false);
            var writer = await _tables
                .WriterAsync(_transaction.Schema, isOpen: true, CancellationToken.None)
                .ConfigureAwait(false);
            await writer.AddRunAsync(run.Id, _following.Texts).ConfigureAwait(false);
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

    private async Task FollowAsync(bool isRepeated, CancellationToken cancellationToken)
    {
        var now = await LookAsync(Storage.Databases, cancellationToken).ConfigureAwait(false);
        foreach (var schema in SchemasWithTables(now))
        {
            var writer = new HistoryWriter(Connection, schema);
            await new FollowingStatements(
                Connection,
                Storage.Address,
                writer,
                run.StatementOutcomes,
                Storage.CommitTimeout
            )
                .RunAsync(isRepeated, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private IEnumerable<string> SchemasWithTables(ServerState now) =>
        Storage
            .Databases.Select(database => StateReader.SchemaOf(database, Target))
            .Distinct(StringComparer.Ordinal)
            .Where(schema => now.Has(schema, MigratorTables.Runs));

    private Task<HistoryWriter> WriterAsync(IPostgreSqlDatabase database, CancellationToken cancellationToken) =>
        _tables.WriterAsync(StateReader.SchemaOf(database, Target), _transaction.Exists, cancellationToken);

    private Task WriteAsync(IPostgreSqlDatabase database, Func<HistoryWriter, Task> write) =>
        _tables.WriteAsync(StateReader.SchemaOf(database, Target), _transaction.Exists, write);

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
        if (_transaction.Current is { } transaction)
        {
            await context.Database.UseTransactionAsync(transaction, cancellationToken).ConfigureAwait(false);
        }
        try
        {
            var stale = await CompiledMigrator
                .MigrateAsync(steps, context, provider, _transaction.Current, observer, cancellationToken)
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
