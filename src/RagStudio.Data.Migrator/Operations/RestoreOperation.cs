using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
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
            Run.LeavesDatabases = !finder.Match.Covers(backup);
            var restorer = new SetRestorer(locked, Run.Backups, finder.Match);
            try
            {
                var done = await new GuardedChange(
                    locked,
                    BackupReason.BeforeRestore,
                    DatabasePlan.None(Run.Set.Databases)
                )
                    .RunAsync(() => restorer.RestoreAndRecordAsync(backup), cancellationToken)
                    .ConfigureAwait(false);
                return Summarize(done, backup, await ReadLeftAsync(locked, backup, finder.Match).ConfigureAwait(false));
            }
            catch (ValidationFailedException failure) when (Run.LeavesDatabases)
            {
                failure.Warning = WayOut(backup, finder.Match);
                throw;
            }
        }
    }

    /// <summary>The databases that the set does not hold, at the version that they stay at.</summary>
    private async Task<IReadOnlyList<LeftDatabase>> ReadLeftAsync(LockedSet locked, BackupSet backup, BackupMatch match)
    {
        var left = new List<LeftDatabase>();
        foreach (var database in Run.Set.Databases.Where(one => match.CopyOf(backup, one.Storage) is null))
        {
            var state = await locked[database.Storage]
                .ReadAsync(database, CancellationToken.None)
                .ConfigureAwait(false);
            left.Add(new LeftDatabase(database.Name, state.Applied.Max(MigrationIdComparer.Default)));
        }
        return left;
    }

    private string WayOut(BackupSet backup, BackupMatch match)
    {
        var held = Run
            .Set.Databases.Where(one => match.CopyOf(backup, one.Storage) is not null)
            .Select(one => one.Name);
        return $"The backup has only {string.Join(" and ", held)}, and what it holds does not fit the other databases as they are. Restore a backup of all of them, or check nothing across them: ragstudio-db restore {backup.Id} {string.Join(' ', held.Select(name => $"--database {name}"))}";
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

    private RestoreSummary Summarize(MigrationSummary done, BackupSet backup, IReadOnlyList<LeftDatabase> left) =>
        new(done.RunId, backup.Id, done.BackupId, done.TotalDuration)
        {
            Left = left,
            Replaced = [.. Run.Replaced],
            PrunedBackups = done.PrunedBackups,
        };
}
