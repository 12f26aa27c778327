using RagStudio.Data.Migrator.BackUp;
using RagStudio.Data.Migrator.Run;
using RagStudio.Data.Migrator.Undo;

namespace RagStudio.Data.Migrator.Operations;

/// <summary>Removes the backup sets that the options do not keep.</summary>
internal sealed class PruneOperation(MigrationRun run) : Operation<IReadOnlyList<BackupSet>>(run)
{
    public override async Task<IReadOnlyList<BackupSet>> RunAsync(CancellationToken cancellationToken)
    {
        var locked = await LockedSet.AcquireAsync(Run, cancellationToken).ConfigureAwait(false);
        await using (locked.ConfigureAwait(false))
        {
            await new RunRecovery(locked).RecoverAsync(cancellationToken).ConfigureAwait(false);
            return await new BackupPruner(locked).PruneAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
