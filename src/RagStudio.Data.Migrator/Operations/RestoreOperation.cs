using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Run;
using RagStudio.Data.Migrator.Status;
using RagStudio.Data.Migrator.Undo;

namespace RagStudio.Data.Migrator.Operations;

/// <summary>Replaces the content of every database of the set with a backup set's copy.</summary>
internal sealed class RestoreOperation(MigrationRun run, string backupId) : Operation<RestoreSummary>(run)
{
    public override async Task<RestoreSummary> RunAsync(CancellationToken cancellationToken)
    {
        // What is replaced is backed up first.
        Run.Set.DemandBackUp();
        await DemandNotMovedAsync(cancellationToken).ConfigureAwait(false);
        var locked = await LockedSet.AcquireAsync(Run, cancellationToken).ConfigureAwait(false);
        await using (locked.ConfigureAwait(false))
        {
            await new RunRecovery(locked).RecoverAsync(cancellationToken).ConfigureAwait(false);
            var finder = new RestoreSetFinder(locked);
            var backup = await finder.FindAsync(backupId, cancellationToken).ConfigureAwait(false);
            Run.NeededBackupId = backup.Id;
            Narrow(locked, backup, finder.Match);
            var restorer = new SetRestorer(locked, Run.Backups, finder.Match);
            var done = await new GuardedChange(locked, BackupReason.BeforeRestore, DatabasePlan.None(Run.Set.Databases))
                .RunAsync(() => restorer.RestoreAndRecordAsync(backup), cancellationToken)
                .ConfigureAwait(false);
            return Summarize(done, backup);
        }
    }

    /// <summary>A database that cannot be read is restored all the same.</summary>
    private async Task DemandNotMovedAsync(CancellationToken cancellationToken)
    {
        try
        {
            var plans = await new StatusReader(Run.Services).ReadPlansAsync(cancellationToken).ConfigureAwait(false);
            DatabaseMovedException.ThrowIfMoved(plans.Select(plan => (plan.Database, plan.MovedTo)));
        }
        catch (Exception failure) when (failure is DatabaseAccessException or DatabaseLockedException) { }
    }

    /// <summary>A lost database was created anew by the lock, as readable as the umask makes it, and the journal gets its access.</summary>
    private void Narrow(LockedSet locked, BackupSet backup, BackupMatch match)
    {
        foreach (var (storage, _) in locked.All.Where(pair => !pair.Session.Existed))
        {
            if (storage.File is { } file && match.CopyOf(backup, storage)?.File is { } copy)
            {
                SourceAccess.Narrow(file.Path, Run.Backups.PathOf(backup, copy));
            }
        }
    }

    private RestoreSummary Summarize(MigrationSummary done, BackupSet backup) =>
        new(done.RunId, backup.Id, done.BackupId, done.TotalDuration)
        {
            Replaced = [.. Run.Replaced],
            PrunedBackups = done.PrunedBackups,
        };
}
