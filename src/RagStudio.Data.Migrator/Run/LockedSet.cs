using System.Runtime.ExceptionServices;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>Every storage of the set, locked for one run. Disposing releases them in the reverse order.</summary>
internal sealed class LockedSet(MigrationRun run) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly List<LockedStorage> _locked = [];

    public MigrationRun Run => run;

    public IReadOnlyList<LockedStorage> All => _locked;

    /// <summary>How a run over the set is undone.</summary>
    public WayOfUndo Undo => _locked[0].Session.Undo;

    /// <summary>True if a run can be undone at all: by its transaction, or by the backup that it makes.</summary>
    public bool CanUndo => Undo == WayOfUndo.Transaction || run.Options.BackupBeforeMigration;

    /// <summary>True if a run writes a journal: without a backup, nothing could be undone by it; a transaction needs none.</summary>
    public bool HasJournal => Undo == WayOfUndo.Restore && run.Options.BackupBeforeMigration;

    public IStorageSession this[IDatabaseStorage storage] =>
        _locked.Find(locked => locked.Storage.Equals(storage))!.Session;

    /// <summary>
    /// The database whose access a backup set gets: one that existed before. One that this run has created, to restore what was lost, is as readable as the
    /// umask makes it until it gets its copy's access. Empty where the storage is no file: the set stays its maker's alone.
    /// </summary>
    public string AccessSource =>
        (_locked.Find(locked => locked.Session.Existed) ?? _locked[0]).Storage.File?.Path ?? "";

    /// <summary>Locks the storages in their fixed order, so that two runs never wait for each other, and tells of it.</summary>
    public static async Task<LockedSet> AcquireAsync(MigrationRun run, CancellationToken cancellationToken)
    {
        run.Report(new MigrationProgress(MigrationPhase.Lock));
        var locked = await AcquireAllAsync(run, cancellationToken).ConfigureAwait(false);
        await locked.DemandOneWayAsync().ConfigureAwait(false);
        run.Trace.Locked(run.Elapsed);
        Log.Locked(run.Logger, run.Id, run.Elapsed.TotalMilliseconds);
        return locked;
    }

    /// <summary>A kill between the commit of one storage and the restoring of another would leave them at two states.</summary>
    /// <exception cref="InvalidOperationException">The storages of the set are undone in two ways.</exception>
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
                    run.Activity,
                    left > TimeSpan.Zero ? left : TimeSpan.Zero,
                    cancellationToken
                );
                var told = await TellOfHolderAsync(run, storage, opening).ConfigureAwait(false);
                var session = await opening.ConfigureAwait(false);
                locked._locked.Add(new LockedStorage(storage, session));
                told?.Throw();
            }
            return locked;
        }
        catch
        {
            await locked.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A wait that lasts says for whom it is.</summary>
    /// <returns>What whoever watches threw: thrown on only when the storage is held, or nobody would ever release it.</returns>
    private static async Task<ExceptionDispatchInfo?> TellOfHolderAsync(
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

    public async ValueTask DisposeAsync()
    {
        for (var i = _locked.Count - 1; i >= 0; i--)
        {
            await ReleaseAsync(_locked[i]).ConfigureAwait(false);
        }
        _locked.Clear();
    }

    /// <summary>By now the run has ended, well or not: a storage that is not released cleanly neither changes that nor keeps the others held.</summary>
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
