using System.Runtime.ExceptionServices;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>All storages of the set, locked for a run. Disposing releases them in reverse order.</summary>
internal sealed class LockedSet(MigrationRun run) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly List<LockedStorage> _locked = [];

    public MigrationRun Run => run;

    public IReadOnlyList<LockedStorage> All => _locked;

    /// <summary>The way to undo a run on the set.</summary>
    public UndoMethod Undo => _locked[0].Session.Undo;

    /// <summary>True if a run can be undone at all: by its transaction, or from the backup that it creates.</summary>
    public bool CanUndo => Undo == UndoMethod.Transaction || run.Options.BackupBeforeMigration;

    /// <summary>
    /// True if a run writes a journal: without a backup, a journal could not undo anything; a transaction
    /// needs none.
    /// </summary>
    public bool HasJournal => Undo == UndoMethod.Restore && run.Options.BackupBeforeMigration;

    public IStorageSession this[IDatabaseStorage storage] =>
        _locked.Find(locked => locked.Storage.Equals(storage))!.Session;

    /// <summary>
    /// The database whose permissions a backup set gets: one that existed before the run. A database that
    /// this run has created to restore a lost one has the permissions of the umask until it gets those of its
    /// copy. Empty if the storage is not a file: the set stays accessible to its creator only.
    /// </summary>
    public string AccessSource =>
        (_locked.Find(locked => locked.Session.Existed) ?? _locked[0]).Storage.File?.Path ?? "";

    /// <summary>
    /// Locks the storages in their fixed order, so two runs never wait for each other, and reports it.
    /// </summary>
    public static async Task<LockedSet> AcquireAsync(MigrationRun run, CancellationToken cancellationToken)
    {
        await CallerThread.LeaveAsync().ConfigureAwait(false);
        run.Report(new MigrationProgress(MigrationPhase.Lock));
        var locked = await AcquireAllAsync(run, cancellationToken).ConfigureAwait(false);
        await locked.DemandOneWayAsync().ConfigureAwait(false);
        run.Trace.Locked(run.Elapsed);
        Log.Locked(run.Logger, run.Id, run.Elapsed.TotalMilliseconds);
        return locked;
    }

    /// <summary>
    /// A kill between the commit of one storage and the restore of another would leave them at two states.
    /// </summary>
    /// <exception cref="InvalidOperationException">The storages of the set are undone in different ways.</exception>
    private async Task DemandOneWayAsync()
    {
        if (_locked.Find(locked => locked.Session.Undo != Undo) is { } other)
        {
            var first = _locked[0].Storage.DisplayName;
            await DisposeAsync().ConfigureAwait(false);
            throw new InvalidOperationException(
                $"'{first}' and '{other.Storage.DisplayName}' cannot be migrated as one set: one is undone by its transaction, the other by a backup."
            );
        }
    }

    private static async Task<LockedSet> AcquireAllAsync(MigrationRun run, CancellationToken cancellationToken)
    {
        var locked = new LockedSet(run);
        try
        {
            foreach (var storage in run.Set.Storages)
            {
                run.Report(new MigrationProgress(MigrationPhase.Lock, run.Set.In(storage)[0].Name));
                var left = run.Options.LockTimeout - run.Elapsed;
                var opening = storage.OpenAsync(
                    new RunIdentity(run.Id, run.Activity)
                    {
                        IsRehearsal = run.Options.IsRehearsal,
                        AllowsUnrepeatableStatements = run.Options.AllowUnrepeatableStatements,
                        StatementOutcomes = run.Options.StatementOutcomes.AsReadOnly(),
                    },
                    left > TimeSpan.Zero ? left : TimeSpan.Zero,
                    cancellationToken
                );
                var observerFailure = await ReportHolderAsync(run, storage, opening).ConfigureAwait(false);
                var session = await opening.ConfigureAwait(false);
                locked._locked.Add(new LockedStorage(storage, session));
                observerFailure?.Throw();
            }
            return locked;
        }
        catch
        {
            await locked.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Reports the holder after a while of waiting.</summary>
    /// <returns>
    /// An exception from an observer, which is rethrown only when the storage is locked, because otherwise no
    /// one would release it.
    /// </returns>
    private static async Task<ExceptionDispatchInfo?> ReportHolderAsync(
        MigrationRun run,
        IDatabaseStorage storage,
        Task opening
    )
    {
        if (opening.IsCompleted)
        {
            return null;
        }
        await Task.WhenAny(opening, Task.Delay(Patience, run.Time, CancellationToken.None)).ConfigureAwait(false);
        try
        {
            if (!opening.IsCompleted)
            {
                var holder = storage.FindHolder()?.ToString() ?? "another program";
                run.Report(
                    new MigrationProgress(MigrationPhase.Lock, run.Set.In(storage)[0].Name, Check: $"held by {holder}")
                );
            }
            return null;
        }
        catch (Exception failure)
        {
            return ExceptionDispatchInfo.Capture(failure);
        }
    }

    public async Task<IReadOnlyDictionary<IDatabaseStorage, StorageCheck>> CheckAsync(WorkLimits limits)
    {
        var checks = new Dictionary<IDatabaseStorage, StorageCheck>();
        foreach (var (storage, session) in _locked)
        {
            checks[storage] = await session.CheckAsync(CheckDepth.Full, limits).ConfigureAwait(false);
        }
        return checks;
    }

    /// <summary>Undoes the transactions of all storages. What was already rolled back stays so.</summary>
    public async Task RollBackAsync()
    {
        foreach (var (_, session) in _locked)
        {
            await session.RollBackAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        for (var i = _locked.Count - 1; i >= 0; i--)
        {
            await ReleaseAsync(_locked[i]).ConfigureAwait(false);
        }
        _locked.Clear();
    }

    /// <summary>
    /// The run has ended by now, successfully or not: a storage that is not released cleanly neither changes
    /// that nor keeps the others locked.
    /// </summary>
    private async Task ReleaseAsync(LockedStorage locked)
    {
        try
        {
            await locked.Session.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            run.CouldNotTidy(locked.Storage.DisplayName, failure);
        }
    }
}
