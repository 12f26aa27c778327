using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace RagStudio.Data.Migrator;

/// <summary>The runs and the questions that a set of databases is asked for. See <see cref="IMigrationManager"/>.</summary>
internal sealed class MigrationManager(
    MigrationSet set,
    ExpectedSchemas expected,
    IOptions<MigrationOptions> options,
    TimeProvider time,
    ILogger<MigrationManager> logger
) : IMigrationManager
{
    private readonly RunJournal _journal = new(set.JournalPath);
    private readonly BackupStore _backups = new(
        Path.GetFullPath(options.Value.BackupDirectory ?? set.DefaultBackupDirectory),
        logger
    );
    private readonly StatusReader _states = new(set, expected);

    public async Task<MigrationSummary> MigrateAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        var run = NewRun(RunActivity.Migrate, progress);
        // Asked again after the reading: a run of another process may have begun and died in between, and its result is
        // not to be used before it has been recovered.
        if (
            !_journal.Exists
            && await _states.IsUpToDateAsync(cancellationToken).ConfigureAwait(false)
            && !_journal.Exists
        )
        {
            return run.Summarize();
        }
        return options.Value.DryRun
            ? await RehearseAsync(run, cancellationToken).ConfigureAwait(false)
            : await HoldingAsync(run, MigrateAsync, cancellationToken).ConfigureAwait(false);
    }

    public Task<MigrationPlan> PlanAsync(CancellationToken cancellationToken = default) =>
        // SQLite works on the thread that calls it: never on a window's.
        Task.Run(
            () => new PlanReader(set, options.Value, _backups).ReadAsync(cancellationToken),
            CancellationToken.None
        );

    public async Task<RollbackSummary> RollbackToVersionAsync(
        string version,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        var run = NewRun(RunActivity.Rollback, progress);
        if (!set.Storages.Any(storage => storage.Exists))
        {
            var plan = await PlanRollbackAsync(version, cancellationToken).ConfigureAwait(false);
            return Summarize(run.Summarize(), plan.Version);
        }
        return await HoldingAsync(run, (locked, token) => RollBackAsync(locked, version, token), cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task<RollbackPlan> PlanRollbackAsync(string version, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        var plans = await _states.ReadPlansAsync(cancellationToken).ConfigureAwait(false);
        var (resolved, steps) = await new RollbackSteps(set, _backups)
            .PlanAsync(plans, version, cancellationToken)
            .ConfigureAwait(false);
        return new RollbackPlan(
            resolved,
            [.. steps.Select(step => new DatabaseRollback(step.Database.Name, step.Versions))]
        );
    }

    public Task<RestoreSummary> RestoreAsync(
        string backupId,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(backupId);
        return HoldingAsync(
            NewRun(RunActivity.Restore, progress),
            (locked, token) => RestoreAsync(locked, backupId, token),
            cancellationToken
        );
    }

    public async Task<RecoverySummary> RecoverAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        var run = NewRun(RunActivity.Recover, progress);
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

    public async Task<AcceptSummary> AcceptAsync(
        string version,
        string reason,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        if (!set.Storages.Any(storage => storage.Exists))
        {
            // There is nothing to lock, and nothing that it could be applied to.
            DriftAcceptance.Resolve(set, [], version);
        }
        return await HoldingAsync(
                NewRun(RunActivity.Accept, progress: null),
                (locked, token) => AcceptAsync(locked, version, reason, token),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    public async Task<MigrationStatus> GetStatusAsync(CancellationToken cancellationToken = default)
    {
        // A replay works on the thread that calls it: never on a window's.
        var status = await Task.Run(
                () => _states.ReadStatusAsync(withDrift: !_journal.IsOpen(), cancellationToken),
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

    public async Task<BackupSet?> CreateBackupAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        if (!set.Storages.Any(storage => storage.Exists))
        {
            return null;
        }
        var run = NewRun(RunActivity.BackUp, progress);
        return await HoldingAsync(
                run,
                async (locked, token) =>
                    (
                        await _backups.CreateAsync(run, locked.Held, BackupReason.Manual, token).ConfigureAwait(false)
                    ).Set,
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    public Task<IReadOnlyList<BackupSet>> ListBackupsAsync(CancellationToken cancellationToken = default) =>
        _backups.ListAsync(cancellationToken);

    public async Task<IReadOnlyList<BackupVerification>> VerifyBackupsAsync(
        CancellationToken cancellationToken = default
    )
    {
        var verifier = new BackupVerifier(set, _backups);
        var limits = new WorkLimits(options.Value.BackupTimeout, cancellationToken);
        var results = new List<BackupVerification>();
        foreach (var backup in await _backups.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            var faults = await verifier.VerifyAsync(backup, limits).ConfigureAwait(false);
            results.Add(new BackupVerification(backup, faults));
        }
        return results;
    }

    public Task<IReadOnlyList<BackupSet>> PruneBackupsAsync(CancellationToken cancellationToken = default) =>
        HoldingAsync(
            NewRun(RunActivity.BackUp, progress: null),
            (_, token) => _backups.PruneAsync(BackupRetention.Of(options.Value), time.GetUtcNow(), needed: null, token),
            cancellationToken
        );

    private MigrationRun NewRun(RunActivity activity, IProgress<MigrationProgress>? progress) =>
        new(activity, set, options.Value, time, progress);

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
                    Log.Locked(logger, run.Id, run.Elapsed.TotalMilliseconds);
                    RehearsalFolder.RemoveDead(set);
                    var recovery = await new RunRecovery(run, held, _backups, _journal, logger)
                        .RecoverAsync(cancellationToken)
                        .ConfigureAwait(false);
                    return await work(new LockedRun(run, held, recovery), cancellationToken).ConfigureAwait(false);
                }
            },
            CancellationToken.None
        );

    private async Task<MigrationSummary> MigrateAsync(LockedRun locked, CancellationToken cancellationToken)
    {
        var plan = await Planner(locked).ForwardAsync(cancellationToken).ConfigureAwait(false);
        await RehearseAsync(locked, plan, cancellationToken).ConfigureAwait(false);
        return await ApplyAsync(locked, BackupReason.BeforeMigration, plan.Steps, cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task RehearseAsync(LockedRun locked, RunPlan plan, CancellationToken cancellationToken)
    {
        var (run, held, _) = locked;
        if (plan.Steps.All(step => step.Versions.Count == 0) || !MustRehearse(run.Options.RehearseBeforeMigrate, plan))
        {
            return;
        }
        var existing = held.All.Where(pair => pair.Session.Existed);
        var rehearsed = await new Rehearsal(run, expected)
            .RunAsync(
                existing.ToDictionary(pair => pair.Storage, IStorageReader (pair) => pair.Session),
                cancellationToken
            )
            .ConfigureAwait(false);
        run.Rehearsal = rehearsed.Rehearsal;
    }

    private static bool MustRehearse(RehearsalPolicy policy, RunPlan plan) =>
        policy switch
        {
            RehearsalPolicy.Always => true,
            RehearsalPolicy.WhenDestructive => plan.IsDestructive,
            _ => false,
        };

    /// <summary>On copies of what can be read beside whoever uses the databases: no lock.</summary>
    private Task<MigrationSummary> RehearseAsync(MigrationRun run, CancellationToken cancellationToken)
    {
        if (_journal.IsOpen())
        {
            throw new PlanRefusedException(
                set.Databases[0].Name,
                [],
                "An earlier run was interrupted, and what it left is to be put back first, which a dry run does not do. Recover, then try again."
            );
        }
        return Task.Run(
            async () =>
            {
                var readers = await SetReaders.OpenAsync(set, cancellationToken).ConfigureAwait(false);
                await using (readers.ConfigureAwait(false))
                {
                    readers.ThrowIfUnreadable();
                    return await new Rehearsal(run, expected)
                        .RunAsync(readers.Readers, cancellationToken)
                        .ConfigureAwait(false);
                }
            },
            CancellationToken.None
        );
    }

    private async Task<RollbackSummary> RollBackAsync(
        LockedRun locked,
        string version,
        CancellationToken cancellationToken
    )
    {
        var plans = await Planner(locked).PlanAsync(cancellationToken).ConfigureAwait(false);
        var (resolved, steps) = await new RollbackSteps(set, _backups)
            .PlanAsync(plans, version, cancellationToken)
            .ConfigureAwait(false);
        var done = await ApplyAsync(locked, BackupReason.BeforeRollback, steps, cancellationToken)
            .ConfigureAwait(false);
        return Summarize(done, resolved);
    }

    private async Task<AcceptSummary> AcceptAsync(
        LockedRun locked,
        string version,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var plans = await Planner(locked).PlanAsync(cancellationToken).ConfigureAwait(false);
        return await new DriftAcceptance(locked, logger)
            .AcceptAsync(plans, version, reason, cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<MigrationSummary> ApplyAsync(
        LockedRun locked,
        BackupReason reason,
        IReadOnlyList<DatabaseSteps> steps,
        CancellationToken cancellationToken
    )
    {
        if (steps.All(step => step.Versions.Count == 0))
        {
            return locked.Run.Summarize();
        }
        var backsUp = locked.Run.Options.BackupBeforeMigration && locked.Recovery.Restored is null;
        FreeSpace.Check(locked.Run, steps, _backups.Folder, backsUp);
        var applier = new MigrationApplier(locked.Run, locked.Held, _journal, logger);
        return await Protect(locked)
            .ChangeAsync(reason, steps, token => applier.ApplyAsync(steps, token), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<RestoreSummary> RestoreAsync(
        LockedRun locked,
        string backupId,
        CancellationToken cancellationToken
    )
    {
        var (run, held, _) = locked;
        var limits = new WorkLimits(run.Options.BackupTimeout, cancellationToken);
        var backup = await new RestorePlan(set, _backups).FindAsync(backupId, limits).ConfigureAwait(false);
        run.NeededBackupId = backup.Id;
        var restorer = new SetRestorer(run, held, _backups);
        var steps = set.Databases.Select(database => new DatabaseSteps(database, MigrationTarget.Latest, []));
        var done = await Protect(locked)
            .ChangeAsync(
                BackupReason.BeforeRestore,
                [.. steps],
                _ => restorer.RestoreAndRecordAsync(backup),
                cancellationToken
            )
            .ConfigureAwait(false);
        return new RestoreSummary(done.RunId, backup.Id, done.BackupId, done.TotalDuration);
    }

    private RunPlanner Planner(LockedRun locked) => new(locked, _backups, logger);

    private ProtectedRun Protect(LockedRun locked) => new(locked, _backups, _journal, expected, logger);

    private static RollbackSummary Summarize(MigrationSummary done, string version) =>
        new(done.RunId, done.Success, version, done.BackupId, done.Databases, done.TotalDuration);

    private static RecoverySummary Summarize(MigrationRun run, Recovery recovery) =>
        new(
            run.Id,
            recovery.DeadRunId,
            recovery.Action == RecoveryAction.Restore,
            recovery.Restored?.Id,
            recovery.AsideId
        );
}
