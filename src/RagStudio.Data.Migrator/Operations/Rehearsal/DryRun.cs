using RagStudio.Data.Migrator.Plan;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;
using RagStudio.Data.Migrator.Status;

namespace RagStudio.Data.Migrator.Operations;

/// <summary>
/// A rehearsal without a run after it: without a lock, on copies made while others use the databases.
/// </summary>
internal sealed class DryRun(MigrationRun run)
{
    /// <exception cref="PlanRefusedException">
    /// An interrupted run has to be recovered first, or the plan is refused.
    /// </exception>
    public async Task<MigrationSummary> RunAsync(CancellationToken cancellationToken)
    {
        await CallerThread.LeaveAsync().ConfigureAwait(false);
        if (
            run.Journal.IsOpen()
            || await new StatusReader(run.Services).IsInterruptedAsync(cancellationToken).ConfigureAwait(false)
        )
        {
            throw new PlanRefusedException(
                run.Set.Databases[0].Name,
                [],
                "An earlier run was interrupted and must be undone first, which a dry run does not do. Recover, then try again."
            );
        }
        if (Rehearsal.FindObstacle(run.Set) is { } obstacle)
        {
            return await PlanAsync(obstacle, cancellationToken).ConfigureAwait(false);
        }
        try
        {
            return await RehearseAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (NoScratchException reason)
        {
            return await PlanAsync(reason.Message, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<MigrationSummary> RehearseAsync(CancellationToken cancellationToken)
    {
        var readers = await SetReaders.OpenAsync(run.Set, cancellationToken).ConfigureAwait(false);
        await using (readers.ConfigureAwait(false))
        {
            readers.ThrowIfUnreadable();
            return await new Rehearsal(run).RunAsync(readers.Readers, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tells what would run, where that cannot be tried.</summary>
    private async Task<MigrationSummary> PlanAsync(string obstacle, CancellationToken cancellationToken)
    {
        var (plan, refusal) = await new PlanReader(run.Services, run.Watcher)
            .ReadAsync(plans => ForwardTarget.Resolve(run, plans), cancellationToken)
            .ConfigureAwait(false);
        return refusal is null ? run.Summarize() with { NotRehearsed = obstacle, Plan = plan } : throw refusal;
    }
}
