namespace RagStudio.Data.Migrator;

/// <summary>A rehearsal that is all that was asked for: without a lock, on copies of what can be read beside whoever uses the databases.</summary>
internal sealed class DryRun(MigrationRun run, RunJournal journal, ExpectedSchemas expected)
{
    /// <exception cref="PlanRefusedException">What an interrupted run has left is to be put back first, or the plan is refused.</exception>
    public Task<MigrationSummary> RunAsync(CancellationToken cancellationToken)
    {
        if (journal.IsOpen())
        {
            throw new PlanRefusedException(
                run.Set.Databases[0].Name,
                [],
                "An earlier run was interrupted, and what it left is to be put back first, which a dry run does not do. Recover, then try again."
            );
        }
        // SQLite works on the thread that calls it: never on a window's.
        return Task.Run(() => RehearseAsync(cancellationToken), CancellationToken.None);
    }

    private async Task<MigrationSummary> RehearseAsync(CancellationToken cancellationToken)
    {
        var readers = await SetReaders.OpenAsync(run.Set, cancellationToken).ConfigureAwait(false);
        await using (readers.ConfigureAwait(false))
        {
            readers.ThrowIfUnreadable();
            return await new Rehearsal(run, expected)
                .RunAsync(readers.Readers, cancellationToken)
                .ConfigureAwait(false);
        }
    }
}
