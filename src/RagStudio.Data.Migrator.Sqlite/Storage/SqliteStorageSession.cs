using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Apply;
using RagStudio.Data.Migrator.Sqlite.BackUp;
using RagStudio.Data.Migrator.Sqlite.Contexts;
using RagStudio.Data.Migrator.Sqlite.Copy;
using RagStudio.Data.Migrator.Sqlite.Databases;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Logs;
using RagStudio.Data.Migrator.Sqlite.Record;
using RagStudio.Data.Migrator.Sqlite.Sql;
using RagStudio.Data.Migrator.Steps;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Storage;

/// <summary>A database file under a connection's exclusive lock.</summary>
internal sealed class SqliteStorageSession(
    StorageLock storageLock,
    SqliteConnection connection,
    string path,
    bool isNewFile,
    IReadOnlyList<ISqliteMigrationDatabase> databases
)
    : SqliteStorageReader(connection, path, new ApplicationFunctions(connection, databases, () => Settle(connection))),
        IStorageSession
{
    private readonly bool _isNewFile = isNewFile;

    /// <summary>
    /// True if the file was in WAL mode, which is stored in the file and which a migration may change;
    /// <see langword="null"/> if its schema cannot be read, without which SQLite does not report the mode.
    /// </summary>
    private bool? _wasWal = TryAskForWal(connection);
    private bool _removeWhenEmpty = isNewFile;
    private SqliteBulkRows? _bulk;
    private bool _defersFlush;
    private StatementWatch? _watch;

    /// <summary>True if everything since <see cref="BeginAsync"/> was observed, and not only single migrations.</summary>
    private bool _isObserved;

    // Checked under the lock: while this process waited for it, another may have created the database.
    public bool Existed { get; private set; } = HoldsAnything(connection);

    protected override StorageCheck Check(
        IReadOnlySet<string>? tables,
        CheckDepth depth,
        SqliteInterrupt interrupt,
        bool isLast
    ) =>
        depth == CheckDepth.Quick
            ? base.Check(tables, depth, interrupt, isLast)
            : MappedFile.During(Connection, Path, interrupt, () => base.Check(tables, depth, interrupt, isLast));

    public Task<StorageCopy> SnapshotAsync(
        string file,
        IProgress<(long Copied, long Total)>? progress,
        WorkLimits limits
    ) => CopyAsync(() => SqliteBackup.SnapshotAsync(Connection, Path, file, progress, limits));

    public async Task RestoreAsync(string? file)
    {
        _bulk?.RollBack();
        StopWatching();
        LeftoverLog.AllowCheckpoint(Connection);
        if (_isNewFile && file is not null)
        {
            // Before there is any content to read.
            SourceAccess.GiveRestored(Path, file);
        }
        // A lost database has no mode, and a killed run may have changed it. A run of this session knows it from before.
        if ((_isNewFile || !_defersFlush) && file is not null && SqliteBackup.WasInWal(file))
        {
            _wasWal = true;
        }
        _defersFlush = false;
        SetSynchronous();
        await SqliteBackup.RestoreAsync(Connection, file).ConfigureAwait(false);
        // What a failed run replaced may be unreadable, and is put back as it was.
        if (file is not null && _wasWal is { } wasWal && TryAskForWal(Connection) is { } isWal && wasWal != isWal)
        {
            Connection.Execute(wasWal ? "PRAGMA journal_mode = WAL" : "PRAGMA journal_mode = DELETE");
        }
        _removeWhenEmpty = file is null;
        Existed = file is not null;
    }

    public async Task<string?> MigrateAsync(
        IMigrationDatabase database,
        CompiledSteps steps,
        IMigrationObserver observer,
        CancellationToken cancellationToken
    )
    {
        LeftoverLog.AllowCheckpoint(Connection);
        if (!HoldsAnything(Connection))
        {
            Connection.Execute("PRAGMA journal_mode = WAL");
        }
        if (SqliteEFLock.ClearOrphan(Connection))
        {
            observer.ClearedOrphanedLock();
        }
        var known = (ISqliteMigrationDatabase)database;
        using var connected = known.ConnectFor(steps, observer.CodeFor, Connection);
        try
        {
            await NotifyOpenedAsync(connected).ConfigureAwait(false);
            var history = known.HistoryChanges(connected?.Context);
            _watch ??= new StatementWatch(Connection);
            var sqlite = new SqliteMigrationSteps(
                Connection,
                known.Owner,
                history,
                observer,
                _watch,
                BetweenMigrations
            );
            var work = connected is null
                ? CompiledMigrator.MigrateAsync(steps, Connection, sqlite, within: null, observer, cancellationToken)
                : CompiledMigrator.MigrateAsync(
                    steps,
                    connected.Context,
                    sqlite,
                    within: null,
                    observer,
                    cancellationToken
                );
            var stale = await work.ConfigureAwait(false);
            if (connected is not null && stale is null)
            {
                // As EF's migrator does at its end.
                await Seeding.SeedMigratedAsync(connected.Context, cancellationToken).ConfigureAwait(false);
            }
            return stale;
        }
        catch (Exception failure) when (failure is not (MigrationStepException or OperationCanceledException))
        {
            throw new MigrationStepException(null, MigrationKind.Schema, exceededLimit: null, TimeSpan.Zero, failure);
        }
    }

    public Task BeginAsync(IReadOnlyList<PlannedSteps> steps, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        _defersFlush = true;
        _isObserved = true;
        _watch = new StatementWatch(Connection);
        SetSynchronous();
        return Task.CompletedTask;
    }

    public bool ObservesTables => true;

    public TouchedTables EndObservation()
    {
        var touched =
            _isObserved && _watch is not null ? _watch.End() : TouchedTables.Unknown("the run was not observed");
        StopWatching();
        return touched;
    }

    /// <summary>Each page in a log has to be looked up among all of its frames, and is not mapped.</summary>
    public Task PrepareChecksAsync()
    {
        Checkpoint.RunWhenLong(Connection);
        return Task.CompletedTask;
    }

    private void StopWatching()
    {
        _watch?.Dispose();
        (_watch, _isObserved) = (null, false);
    }

    public Task CommitAsync()
    {
        StopWatching();
        var wasDeferred = _defersFlush && Connection.Number("PRAGMA page_count") > 0;
        _defersFlush = false;
        SetSynchronous();
        if (wasDeferred)
        {
            // This commit changes nothing, but gives the checkpoint something to flush: with an empty log,
            // the checkpoint would not flush what a migration has written with another setting.
            var version = Connection.Number("PRAGMA user_version");
            Connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version}"));
            Checkpoint.Run(Connection);
        }
        return Task.CompletedTask;
    }

    public Task AppendAsync(IMigrationDatabase database, MigrationRecord record)
    {
        LeftoverLog.AllowCheckpoint(Connection);
        using var transaction = Connection.BeginTransaction();
        SqliteHistory.Append(Connection.Handle!, OwnerOf(database), record);
        transaction.Commit();
        return Task.CompletedTask;
    }

    public IBulkRows Bulk => _bulk ??= new SqliteBulkRows(Connection);

    public Task MarkAsync(IMigrationDatabase database, MigrationRecord record)
    {
        LeftoverLog.AllowCheckpoint(Connection);
        var known = (ISqliteMigrationDatabase)database;
        using var connected = known.MayChangeHistory ? known.Connect(Connection) : null;
        using var transaction = Connection.BeginTransaction();
        SqliteMark.Write(
            Connection,
            known.HistoryChanges(connected?.Context),
            databases
                .SelectMany(one =>
                    new[] { one.HistoryTable, one.MayChangeHistory ? one.History.Table : one.HistoryTable }
                )
                .ToHashSet(StringComparer.OrdinalIgnoreCase),
            record.Event == MigrationEvent.Moved
        );
        SqliteHistory.Append(Connection.Handle!, OwnerOf(database), record);
        transaction.Commit();
        return Task.CompletedTask;
    }

    public Task ChangeHistoryAsync(IMigrationDatabase database, HistoryChange change)
    {
        LeftoverLog.AllowCheckpoint(Connection);
        var known = (ISqliteMigrationDatabase)database;
        using var connected = known.MayChangeHistory ? known.Connect(Connection) : null;
        var history = known.HistoryChanges(connected?.Context);
        using var transaction = Connection.BeginTransaction();
        IEnumerable<string> statements =
        [
            .. change.Dropped.Select(table => $"DROP TABLE {SqliteText.Quote(table)}"),
            .. change.Removed.Select(history.Remove),
            .. change.Added.Select(history.Add),
        ];
        foreach (var statement in statements)
        {
            Connection.Execute(statement);
        }
        foreach (var record in change.Records)
        {
            SqliteHistory.Append(Connection.Handle!, OwnerOf(database), record);
        }
        transaction.Commit();
        return Task.CompletedTask;
    }

    public Task WriteCacheAsync(IMigrationDatabase database, DatabaseCache cache)
    {
        SqliteCache.Write(Connection, OwnerOf(database), cache);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Releases the file. If the run created it, or removed its content again, it is deleted when it is
    /// empty.
    /// </summary>
    public override async ValueTask DisposeAsync()
    {
        var leaveNothing = false;
        StopWatching();
        Releases.Run(
            () => leaveNothing = _removeWhenEmpty && !HoldsAnything(Connection),
            Connection.Dispose,
            () => RemoveIf(leaveNothing),
            storageLock.Dispose
        );
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private void RemoveIf(bool isEmpty)
    {
        if (isEmpty)
        {
            OwnFile.Delete(Path);
        }
    }

    /// <summary>Settings from an application's interceptors must not override those that a run relies on.</summary>
    private async Task NotifyOpenedAsync(ConnectedContext? connected)
    {
        if (connected is not null)
        {
            await connected.NotifyOpenedAsync().ConfigureAwait(false);
        }
        Settle(Connection);
        SetSynchronous();
    }

    /// <summary>Settings from one migration must not carry over to the next.</summary>
    private void BetweenMigrations()
    {
        Checkpoint.OnRequestOnly(Connection);
        SetSynchronous();
        Checkpoint.RunWhenLong(Connection);
    }

    private static void Settle(SqliteConnection held)
    {
        Checkpoint.OnRequestOnly(held);
        held.Execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL");
        held.Execute("BEGIN EXCLUSIVE; COMMIT");
    }

    /// <summary>
    /// Only in WAL mode is a database certain to be intact after a power failure without a flush of each
    /// commit.
    /// </summary>
    private void SetSynchronous()
    {
        // SQLite's own default is FULL, and it accepts no other setting if it cannot read the schema.
        if (Connection.TryExecute("PRAGMA synchronous = FULL") && _defersFlush && IsWal(Connection))
        {
            Connection.Execute("PRAGMA synchronous = NORMAL");
        }
    }

    private static SqliteOwner OwnerOf(IMigrationDatabase database) => ((ISqliteMigrationDatabase)database).Owner;

    private static bool IsWal(SqliteConnection held) => held.Text("PRAGMA journal_mode") == "wal";

    private static bool? TryAskForWal(SqliteConnection held)
    {
        try
        {
            return IsWal(held);
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            return null;
        }
    }

    private static bool HoldsAnything(SqliteConnection held)
    {
        try
        {
            return held.Number("SELECT COUNT(*) FROM sqlite_master") > 0;
        }
        // An unreadable schema implies content, which can still be backed up page by page.
        catch (SqliteException failure) when (failure.SqliteErrorCode == raw.SQLITE_CORRUPT)
        {
            return true;
        }
    }
}
