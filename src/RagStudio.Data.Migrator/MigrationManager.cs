using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace RagStudio.Data.Migrator;

/// <summary>The runs and the questions that a set of databases is asked for. See <see cref="IMigrationManager"/>.</summary>
internal sealed class MigrationManager(
    MigrationSet set,
    ExpectedSchemas expected,
    IOptions<MigrationOptions> options,
    TimeProvider time,
    WatchedRuns runs,
    ILogger<MigrationManager> logger
) : IMigrationManager
{
    private readonly RunJournal _journal = new(set.JournalPath, set.FormerJournalPath);
    private readonly BackupStore _backups = new(
        Path.GetFullPath(options.Value.BackupDirectory ?? set.DefaultBackupDirectory),
        set,
        logger
    );
    private readonly StatusReader _states = new(set, expected, options.Value.UnknownMigrations);

    public Task<MigrationSummary> MigrateAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) => MigrateAsync(upTo: null, progress, cancellationToken);

    public Task<MigrationSummary> MigrateToVersionAsync(
        string version,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        return MigrateAsync(version, progress, cancellationToken);
    }

    public Task<MigrationPlan> PlanAsync(CancellationToken cancellationToken = default) =>
        PlanAsync(progress: null, cancellationToken);

    public Task<MigrationPlan> PlanAsync(
        IProgress<MigrationProgress>? progress,
        CancellationToken cancellationToken = default
    ) =>
        // SQLite works on the thread that calls it: never on a window's.
        Task.Run(
            () =>
            {
                set.DemandMigrations();
                return new PlanReader(set, options.Value, _backups, progress).ReadAsync(cancellationToken);
            },
            CancellationToken.None
        );

    public Task<RollbackSummary> RollbackToVersionAsync(
        string version,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        var run = NewRun(RunActivity.Rollback, progress);
        return runs.RunAsync(run, () => RollbackAsync(run, version, cancellationToken));
    }

    public async Task<RollbackPlan> PlanRollbackAsync(string version, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        set.DemandMigrations();
        var plans = await _states.ReadPlansAsync(cancellationToken).ConfigureAwait(false);
        var (resolved, steps) = await new RollbackSteps(set, options.Value, _backups)
            .PlanAsync(plans, version, cancellationToken)
            .ConfigureAwait(false);
        return await new RollbackReader(set, options.Value)
            .ReadAsync(resolved, steps, cancellationToken)
            .ConfigureAwait(false);
    }

    public Task<RestoreSummary> RestoreAsync(
        string backupId,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(backupId);
        var run = NewRun(RunActivity.Restore, progress);
        return runs.RunAsync(
            run,
            () => HoldingAsync(run, (locked, token) => Work(locked).RestoreAsync(backupId, token), cancellationToken)
        );
    }

    public Task<RecoverySummary> RecoverAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        var run = NewRun(RunActivity.Recover, progress);
        return runs.RunAsync(run, () => RecoverAsync(run, cancellationToken));
    }

    public Task<AcceptSummary> AcceptAsync(string version, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var run = NewRun(RunActivity.Accept, progress: null);
        return runs.RunAsync(run, () => AcceptAsync(run, version, reason, cancellationToken));
    }

    public Task<MigrationStatus> GetStatusAsync(CancellationToken cancellationToken = default) =>
        GetStatusAsync(progress: null, cancellationToken);

    public async Task<MigrationStatus> GetStatusAsync(
        IProgress<MigrationProgress>? progress,
        CancellationToken cancellationToken = default
    )
    {
        // A replay works on the thread that calls it: never on a window's.
        var status = await Task.Run(
                () =>
                {
                    set.DemandMigrations();
                    return _states.ReadStatusAsync(withDrift: !_journal.IsOpen(), progress, cancellationToken);
                },
                CancellationToken.None
            )
            .ConfigureAwait(false);
        return _journal.IsOpen() ? status with { Verdict = MigrationVerdict.Interrupted } : status;
    }

    public Task<IReadOnlyList<MigrationRecord>> GetHistoryAsync(
        int limit = int.MaxValue,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return _states.ReadHistoryAsync(limit, cancellationToken);
    }

    public Task<IReadOnlyList<EFAppliedMigration>> ListAppliedByEFAsync(
        CancellationToken cancellationToken = default
    ) => _states.ReadAppliedByEFAsync(cancellationToken);

    public Task<BackupSet?> CreateBackupAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        var run = NewRun(RunActivity.BackUp, progress);
        return runs.RunAsync(run, () => CreateBackupAsync(run, cancellationToken));
    }

    public Task<IReadOnlyList<BackupSet>> ListBackupsAsync(CancellationToken cancellationToken = default) =>
        options.Value.RestoreSetsOfOtherDatabases
            ? _backups.ListAsync(cancellationToken)
            : _backups.ListOwnAsync(cancellationToken);

    public Task<IReadOnlyList<UnreadableBackup>> ListUnreadableBackupsAsync(
        CancellationToken cancellationToken = default
    ) => _backups.ListUnreadableAsync(cancellationToken);

    public async Task<IReadOnlyList<BackupVerification>> VerifyBackupsAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        var verifier = new BackupVerifier(set, _backups, _backups.Match, progress);
        var backups = await _backups.ListOwnAsync(cancellationToken).ConfigureAwait(false);
        return await verifier
            .VerifyAsync(backups, new WorkLimits(options.Value.BackupTimeout, cancellationToken))
            .ConfigureAwait(false);
    }

    public Task<IReadOnlyList<BackupSet>> PruneBackupsAsync(CancellationToken cancellationToken = default)
    {
        var run = NewRun(RunActivity.BackUp, progress: null);
        return runs.RunAsync(
            run,
            () =>
                HoldingAsync(
                    run,
                    (locked, token) => _backups.PrunerFor(run, locked.Held).PruneAsync(token),
                    cancellationToken
                )
        );
    }

    /// <summary>Migrates up to a version, or applies whatever is pending.</summary>
    internal Task<MigrationSummary> MigrateAsync(
        string? upTo,
        IProgress<MigrationProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var run = NewRun(RunActivity.Migrate, progress, upTo);
        return runs.RunAsync(run, () => MigrateAsync(run, cancellationToken));
    }

    private async Task<MigrationSummary> MigrateAsync(MigrationRun run, CancellationToken cancellationToken)
    {
        set.DemandMigrations();
        // A database that is not there is not up to date: what it lacks is found out while the lock is taken.
        // An interrupted run is asked for again after the reading: one of another process may have begun and died in
        // between, and its result is not to be used before it has been recovered.
        if (
            run.UpTo is null
            && set.Storages.Any(storage => storage.Exists)
            && !MayBeInterrupted
            && await _states.FindUpToDateAsync(run.Watcher, cancellationToken).ConfigureAwait(false) is { } upToDate
            && !MayBeInterrupted
        )
        {
            await StampWriter.WriteMissingAsync(upToDate).ConfigureAwait(false);
            return run.Summarize();
        }
        Foresight.Begin(set);
        return options.Value.DryRun
            ? await new DryRun(run, _journal, expected).RunAsync(cancellationToken).ConfigureAwait(false)
            : await HoldingAsync(run, (locked, token) => Work(locked).MigrateAsync(token), cancellationToken)
                .ConfigureAwait(false);
    }

    private async Task<RollbackSummary> RollbackAsync(
        MigrationRun run,
        string version,
        CancellationToken cancellationToken
    )
    {
        set.DemandMigrations();
        if (!set.Storages.Any(storage => storage.Exists))
        {
            var plan = await PlanRollbackAsync(version, cancellationToken).ConfigureAwait(false);
            return LockedWork.Summarize(run.Summarize(), plan.Version);
        }
        return await HoldingAsync(run, (locked, token) => Work(locked).RollBackAsync(version, token), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<RecoverySummary> RecoverAsync(MigrationRun run, CancellationToken cancellationToken)
    {
        if (!_journal.Exists)
        {
            return Summarize(run, Recovery.None);
        }
        return await HoldingAsync(
                run,
                (locked, _) => Task.FromResult(Summarize(run, locked.Recovery)),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async Task<AcceptSummary> AcceptAsync(
        MigrationRun run,
        string version,
        string reason,
        CancellationToken cancellationToken
    )
    {
        set.DemandMigrations();
        if (!set.Storages.Any(storage => storage.Exists))
        {
            // There is nothing to lock, and nothing that it could be applied to.
            DriftAcceptance.Resolve(set, [], version);
        }
        return await HoldingAsync(
                run,
                (locked, token) => Work(locked).AcceptAsync(version, reason, token),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async Task<BackupSet?> CreateBackupAsync(MigrationRun run, CancellationToken cancellationToken)
    {
        if (!set.Storages.Any(storage => storage.Exists))
        {
            return null;
        }
        return await HoldingAsync(
                run,
                async (locked, token) =>
                {
                    var created = await _backups
                        .CreateAsync(run, locked.Held, BackupReason.Manual, token)
                        .ConfigureAwait(false);
                    return created.Set is { } backup ? backup with { PrunedBackups = [.. run.Pruned] } : null;
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private MigrationRun NewRun(RunActivity activity, IProgress<MigrationProgress>? progress, string? upTo = null) =>
        new(activity, set, options.Value, time, runs.Join(progress)) { UpTo = upTo, Logger = logger };

    /// <summary>Whether a run of this set, or of another one with a database of it, has left a journal.</summary>
    private bool MayBeInterrupted => _journal.Exists || _journal.Others(set).Count > 0;

    /// <summary>
    /// Locks and recovers, which every run begins with. SQLite works on the thread that calls it: never on a window's.
    /// </summary>
    private Task<T> HoldingAsync<T>(
        MigrationRun run,
        Func<LockedRun, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    ) =>
        Task.Run(
            async () =>
            {
                run.Report(new MigrationProgress(MigrationPhase.Lock));
                var held = await HeldStorages.TakeAsync(run, cancellationToken).ConfigureAwait(false);
                await using (held.ConfigureAwait(false))
                {
                    run.Trace.Locked(run.Elapsed);
                    Log.Locked(logger, run.Id, run.Elapsed.TotalMilliseconds);
                    RehearsalFolder.RemoveDead(run);
                    var recovery = await new RunRecovery(run, held, _backups, _journal, logger)
                        .RecoverAsync(cancellationToken)
                        .ConfigureAwait(false);
                    return await work(new LockedRun(run, held, recovery), cancellationToken).ConfigureAwait(false);
                }
            },
            CancellationToken.None
        );

    private LockedWork Work(LockedRun locked) => new(locked, _backups, _journal, expected, logger);

    private static RecoverySummary Summarize(MigrationRun run, Recovery recovery) =>
        new(
            run.Id,
            recovery.DeadRunId,
            recovery.Action == RecoveryAction.Restore,
            recovery.Restored?.Id,
            recovery.AsideId
        );
}
