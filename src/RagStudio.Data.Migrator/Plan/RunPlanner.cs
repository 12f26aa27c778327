using Microsoft.Extensions.Logging;

namespace RagStudio.Data.Migrator;

/// <summary>Reads what is applied under the lock, and decides what a run may do about it.</summary>
internal sealed class RunPlanner(LockedRun locked, BackupStore backups, ILogger logger)
{
    private readonly MigrationRun _run = locked.Run;

    /// <summary>What is applied, pending and unknown in every database, in the order of the set.</summary>
    public async Task<IReadOnlyList<DatabasePlan>> PlanAsync(CancellationToken cancellationToken)
    {
        _run.Report(new MigrationProgress(MigrationPhase.Plan));
        var plans = new List<DatabasePlan>();
        foreach (var database in _run.Set.Databases)
        {
            var session = locked.Held[database.Storage];
            var state = await session.ReadAsync(database, cancellationToken).ConfigureAwait(false);
            plans.Add(_run.Set.Plan(database, state));
        }
        return plans;
    }

    /// <summary>The steps that apply whatever is pending, unless that is refused.</summary>
    public async Task<IReadOnlyList<DatabaseSteps>> ForwardAsync(CancellationToken cancellationToken)
    {
        var plans = await PlanAsync(cancellationToken).ConfigureAwait(false);
        foreach (var plan in plans)
        {
            await CheckAsync(plan, cancellationToken).ConfigureAwait(false);
        }
        return
        [
            .. _run.Set.Databases.Zip(
                plans,
                (database, plan) => new DatabaseSteps(database, MigrationTarget.Latest, plan.Pending)
            ),
        ];
    }

    private async Task CheckAsync(DatabasePlan plan, CancellationToken cancellationToken)
    {
        if (plan.Newer.Count > 0)
        {
            var usable = await backups.FindNewestAsync(IsKnown, cancellationToken).ConfigureAwait(false);
            throw new DatabaseNewerException(plan.Database, plan.Newer, usable);
        }
        MigrationPlanner.Check(plan, _run.Options);
        if (plan.Unknown.Count > 0 && _run.Options.UnknownMigrations == UnknownMigrationPolicy.Warn)
        {
            Log.UnknownMigrations(logger, _run.Id, plan.Database, string.Join(", ", plan.Unknown));
        }
        Log.Planned(logger, _run.Id, plan.Database, plan.Pending.Count);
    }

    private bool IsKnown(BackupDatabase backup) =>
        _run.Set.Databases.FirstOrDefault(database => database.Name == backup.Name) is { } database
        && (
            backup.MigrationId is null
            || database.Migrations.Any(known => MigrationPlanner.VersionOrder.Equals(known.Version, backup.MigrationId))
        );
}
