using RagStudio.Data.Migrator.Apply;
using RagStudio.Data.Migrator.Plan;
using RagStudio.Data.Migrator.Run;
using RagStudio.Data.Migrator.Undo;

namespace RagStudio.Data.Migrator.Operations;

/// <summary>Reverts, in every database of the set, the applied migrations that are newer than a version.</summary>
internal sealed class RevertOperation(MigrationRun run, string version) : Operation<RollbackSummary>(run)
{
    public override async Task<RollbackSummary> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await RevertAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Run.Services.Expected.EndRun();
        }
    }

    private async Task<RollbackSummary> RevertAsync(CancellationToken cancellationToken)
    {
        Run.Set.DemandMigrations();
        if (!await Run.Set.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            var nothing = await new RevertPlanReader(Run.Services)
                .ReadStepsAsync(version, cancellationToken)
                .ConfigureAwait(false);
            return Summarize(Run.Summarize(), nothing);
        }
        var locked = await LockedSet.AcquireAsync(Run, cancellationToken).ConfigureAwait(false);
        await using (locked.ConfigureAwait(false))
        {
            await new RunRecovery(locked).RecoverAsync(cancellationToken).ConfigureAwait(false);
            var plan = await new RunPlanner(locked).RevertAsync(version, cancellationToken).ConfigureAwait(false);
            if (plan.IsEmpty)
            {
                return Summarize(Run.Summarize(), plan);
            }
            await FreeSpace.CheckAsync(locked, plan.Steps, cancellationToken).ConfigureAwait(false);
            var done = await new GuardedChange(locked, BackupReason.BeforeRollback, plan.Steps)
                .RunAsync(
                    () => new MigrationApplier(locked).ApplyAsync(plan.Steps, cancellationToken),
                    cancellationToken
                )
                .ConfigureAwait(false);
            return Summarize(done, plan);
        }
    }

    private static RollbackSummary Summarize(MigrationSummary done, RevertPlan plan) =>
        new(done.RunId, done.Success, plan.Version, done.BackupId, done.Databases, done.TotalDuration)
        {
            CommitWarnings = done.CommitWarnings,
            PrunedBackups = done.PrunedBackups,
            DroppedData = done.DroppedData,
        };
}
