using RagStudio.Data.Migrator.Run;
using RagStudio.Data.Migrator.Status;
using RagStudio.Data.Migrator.Undo;

namespace RagStudio.Data.Migrator.Operations;

/// <summary>Undoes the changes of a killed run, or ends the run if only its end is missing.</summary>
internal sealed class RecoverOperation(MigrationRun run) : Operation<RecoverySummary>(run)
{
    public override async Task<RecoverySummary> RunAsync(CancellationToken cancellationToken)
    {
        // What a run leaves of a file is told by a journal, and the file itself may not even be readable.
        var isLeftInside =
            Run.Set.Folder is null
            && !Run.Journal.Exists
            && await new StatusReader(Run.Services).IsInterruptedAsync(cancellationToken).ConfigureAwait(false);
        if (!isLeftInside && !Run.Journal.Exists)
        {
            return Summarize(Recovery.None);
        }
        var locked = await LockedSet.AcquireAsync(Run, cancellationToken).ConfigureAwait(false);
        await using (locked.ConfigureAwait(false))
        {
            await new RunRecovery(locked).RecoverAsync(cancellationToken).ConfigureAwait(false);
            return Summarize(Run.Recovery) with { Settled = isLeftInside };
        }
    }

    private RecoverySummary Summarize(Recovery recovery) =>
        new(
            Run.Id,
            recovery.DeadRunId,
            recovery.Action == RecoveryAction.Restore,
            recovery.Restored?.Id,
            recovery.AsideId
        );
}
