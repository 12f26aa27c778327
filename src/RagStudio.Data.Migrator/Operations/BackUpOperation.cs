using RagStudio.Data.Migrator.BackUp;
using RagStudio.Data.Migrator.Run;
using RagStudio.Data.Migrator.Undo;

namespace RagStudio.Data.Migrator.Operations;

/// <summary>Copies every database of the set to a new backup set.</summary>
internal sealed class BackUpOperation(MigrationRun run) : Operation<BackupSet?>(run)
{
    public override async Task<BackupSet?> RunAsync(CancellationToken cancellationToken)
    {
        Run.Set.DemandBackUp();
        if (!await Run.Set.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return null;
        }
        var locked = await LockedSet.AcquireAsync(Run, cancellationToken).ConfigureAwait(false);
        await using (locked.ConfigureAwait(false))
        {
            await new RunRecovery(locked).RecoverAsync(cancellationToken).ConfigureAwait(false);
            var created = await new BackupCreator(locked)
                .CreateAsync(BackupReason.Manual, cancellationToken)
                .ConfigureAwait(false);
            return created.Set is { } backup ? backup with { PrunedBackups = [.. Run.Pruned] } : null;
        }
    }
}
