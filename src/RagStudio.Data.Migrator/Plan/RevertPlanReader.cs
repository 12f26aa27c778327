using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;
using RagStudio.Data.Migrator.Status;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>Reads, without a lock, the rollback plan that users see before they consent to it.</summary>
internal sealed class RevertPlanReader(MigratorServices services)
{
    public async Task<RollbackPlan> ReadAsync(string version, CancellationToken cancellationToken)
    {
        var (plan, plans) = await ReadAllAsync(version, cancellationToken).ConfigureAwait(false);
        var inspected = await InspectAsync(plan.Steps, cancellationToken).ConfigureAwait(false);
        var planned = await new PendingLint(services.Set, plans)
            .CompleteAsync(plan.Steps, inspected, findsLocks: false, cancellationToken)
            .ConfigureAwait(false);
        return new RollbackPlan(plan.Version, [.. plan.Steps.Zip(planned, Describe)]);
    }

    /// <summary>Reads only the steps, without looking at the rows.</summary>
    public async Task<RevertPlan> ReadStepsAsync(string version, CancellationToken cancellationToken) =>
        (await ReadAllAsync(version, cancellationToken).ConfigureAwait(false)).Plan;

    private async Task<(RevertPlan Plan, IReadOnlyList<MigrationComparison> Plans)> ReadAllAsync(
        string version,
        CancellationToken cancellationToken
    )
    {
        var plans = await new StatusReader(services).ReadPlansAsync(cancellationToken).ConfigureAwait(false);
        var plan = await new RevertPlanner(services).PlanAsync(plans, version, cancellationToken).ConfigureAwait(false);
        return (plan, plans);
    }

    private async Task<IReadOnlyList<PlannedDatabase>> InspectAsync(
        IReadOnlyList<DatabasePlan> steps,
        CancellationToken cancellationToken
    )
    {
        var readers = await SetReaders.OpenAsync(services.Set, cancellationToken).ConfigureAwait(false);
        await using (readers.ConfigureAwait(false))
        {
            readers.ThrowIfUnreadable();
            var limits = new WorkLimits(services.Options.ValidationTimeout, cancellationToken);
            return await new PlanInspector(services.Set, services.Options, limits)
                .InspectAsync(steps, storage => readers.Readers.GetValueOrDefault(storage))
                .ConfigureAwait(false);
        }
    }

    private static DatabaseRollback Describe(DatabasePlan step, PlannedDatabase planned) =>
        new(step.Database.Name, step.Versions) { Migrations = planned.Migrations };
}
