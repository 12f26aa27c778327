using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Operations;

/// <summary>A rehearsal that is all that was asked for: without a lock, on copies of what can be read beside whoever uses the databases.</summary>
internal sealed class DryRun(MigrationRun run)
{
    /// <exception cref="PlanRefusedException">What an interrupted run has left is to be put back first, or the plan is refused.</exception>
    public async Task<MigrationSummary> RunAsync(CancellationToken cancellationToken)
    {
        if (run.Journal.IsOpen())
        {
            throw new PlanRefusedException(
                run.Set.Databases[0].Name,
                [],
                "An earlier run was interrupted and must be undone first, which a dry run does not do. Recover, then try again."
            );
        }
        var readers = await SetReaders.OpenAsync(run.Set, cancellationToken).ConfigureAwait(false);
        await using (readers.ConfigureAwait(false))
        {
            readers.ThrowIfUnreadable();
            return await new Rehearsal(run).RunAsync(readers.Readers, cancellationToken).ConfigureAwait(false);
        }
    }
}
