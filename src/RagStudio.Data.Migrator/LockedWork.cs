using Microsoft.Extensions.Logging;

namespace RagStudio.Data.Migrator;

/// <summary>What a run does with the databases that it holds: plans it, and has it done under protection.</summary>
internal sealed class LockedWork(
    LockedRun locked,
    BackupStore backups,
    RunJournal journal,
    ExpectedSchemas expected,
    ILogger logger
)
{
    private readonly MigrationRun _run = locked.Run;

    public async Task<MigrationSummary> MigrateAsync(CancellationToken cancellationToken)
    {
        var plan = await Planner().ForwardAsync(cancellationToken).ConfigureAwait(false);
        _run.Planned = plan.Databases;
        if (plan.Steps.Any(step => step.Versions.Count > 0) && MustRehearse(plan))
        {
            await RehearseAsync(cancellationToken).ConfigureAwait(false);
        }
        return await ApplyAsync(BackupReason.BeforeMigration, plan.Steps, cancellationToken).ConfigureAwait(false);
    }

    public async Task<RollbackSummary> RollBackAsync(string version, CancellationToken cancellationToken)
    {
        var plans = await Planner().PlanAsync(cancellationToken).ConfigureAwait(false);
        var (resolved, steps) = await new RollbackSteps(_run.Set, _run.Options, backups)
            .PlanAsync(plans, version, cancellationToken)
            .ConfigureAwait(false);
        var done = await ApplyAsync(BackupReason.BeforeRollback, steps, cancellationToken).ConfigureAwait(false);
        return Summarize(done, resolved);
    }

    public async Task<RestoreSummary> RestoreAsync(string backupId, CancellationToken cancellationToken)
    {
        var limits = new WorkLimits(_run.Options.BackupTimeout, cancellationToken);
        _run.Report(new MigrationProgress(MigrationPhase.Plan, Check: backupId));
        var match = new BackupMatch(_run.Set, backups.Folder, _run.Options.RestoreSetsOfOtherDatabases);
        var backup = await new RestorePlan(_run, locked.Held, backups)
            .FindAsync(backupId, match, limits)
            .ConfigureAwait(false);
        _run.NeededBackupId = backup.Id;
        var restorer = new SetRestorer(_run, locked.Held, backups, match);
        var steps = _run.Set.Databases.Select(database => new DatabaseSteps(database, MigrationTarget.Latest, []));
        var done = await Protected()
            .ChangeAsync(
                BackupReason.BeforeRestore,
                [.. steps],
                _ => restorer.RestoreAndRecordAsync(backup),
                cancellationToken
            )
            .ConfigureAwait(false);
        return new RestoreSummary(done.RunId, backup.Id, done.BackupId, done.TotalDuration)
        {
            PrunedBackups = done.PrunedBackups,
        };
    }

    public async Task<AcceptSummary> AcceptAsync(string version, string reason, CancellationToken cancellationToken)
    {
        var plans = await Planner().PlanAsync(cancellationToken).ConfigureAwait(false);
        return await new DriftAcceptance(locked, logger)
            .AcceptAsync(plans, version, reason, cancellationToken)
            .ConfigureAwait(false);
    }

    public static RollbackSummary Summarize(MigrationSummary done, string version) =>
        new(done.RunId, done.Success, version, done.BackupId, done.Databases, done.TotalDuration)
        {
            PrunedBackups = done.PrunedBackups,
        };

    private async Task<MigrationSummary> ApplyAsync(
        BackupReason reason,
        IReadOnlyList<DatabaseSteps> steps,
        CancellationToken cancellationToken
    )
    {
        if (steps.All(step => step.Versions.Count == 0))
        {
            return _run.Summarize();
        }
        var backsUp = _run.Options.BackupBeforeMigration && locked.Recovery.Restored is null;
        FreeSpace.Check(_run, steps, backups.Folder, backsUp);
        var applier = new MigrationApplier(_run, locked.Held, logger);
        return await Protected()
            .ChangeAsync(reason, steps, token => applier.ApplyAsync(steps, token), cancellationToken)
            .ConfigureAwait(false);
    }

    private bool MustRehearse(RunPlan plan) =>
        _run.Options.RehearseBeforeMigrate switch
        {
            RehearsalPolicy.Always => true,
            RehearsalPolicy.WhenDestructive => plan.MayDestroy,
            _ => false,
        };

    private async Task RehearseAsync(CancellationToken cancellationToken)
    {
        var existing = locked.Held.All.Where(pair => pair.Session.Existed);
        var rehearsed = await new Rehearsal(_run, expected)
            .RunAsync(
                existing.ToDictionary(pair => pair.Storage, IStorageReader (pair) => pair.Session),
                cancellationToken
            )
            .ConfigureAwait(false);
        _run.Rehearsal = rehearsed.Rehearsal;
        Log.Rehearsed(logger, _run.Id, _run.Elapsed.TotalMilliseconds);
    }

    private RunPlanner Planner() => new(locked, backups, logger);

    private ProtectedRun Protected() => new(locked, backups, journal, expected, logger);
}
