using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.BackUp;

/// <summary>Copies the locked set into a new backup set, which receives its name when it is complete.</summary>
internal sealed class BackupCreator(LockedSet locked)
{
    private readonly MigrationRun _run = locked.Run;
    private readonly BackupStore _backups = locked.Run.Backups;

    public async Task<CreatedBackup> CreateAsync(BackupReason reason, CancellationToken cancellationToken)
    {
        if (!locked.All.Any(pair => pair.Session.Existed))
        {
            return new CreatedBackup(null, locked.All.ToDictionary(pair => pair.Storage, _ => StorageCheck.Clean));
        }
        _run.Set.DemandBackUp();
        var id = _run.NewBackupId();
        var begun = _run.Elapsed;
        var target = _backups.PathOf(id);
        var partial = target + BackupStore.Partial;
        try
        {
            // A program that is restarted over and over, and fails or is killed each time, never reaches the
            // end of a run.
            await new BackupPruner(locked).TryPruneAsync(cancellationToken).ConfigureAwait(false);
            CreateFolder(locked.AccessSource);
            DurableFile.CreateFolder(partial, locked.AccessSource);
            await MarkedFolder.MarkAsync(locked, partial, cancellationToken).ConfigureAwait(false);
            var created = await new BackupWriter(locked, reason, id, partial)
                .WriteAsync(new WorkLimits(_run.Options.BackupTimeout, cancellationToken))
                .ConfigureAwait(false);
            CrashPoints.Pass("BackupWritten");
            PatientFile.MoveFolder(partial, target);
            if (!FolderSync.Flush(_backups.Folder))
            {
                Log.FoldersNotFlushed(_run.Logger, _run.Id, _backups.Folder);
            }
            CrashPoints.Pass("BackupNamed");
            _run.Trace.BackedUp(created.Set!.SizeBytes, _run.Elapsed - begun);
            Log.BackedUp(_run.Logger, _run.Id, created.Set.Id, created.Set.SizeBytes, _run.Elapsed.TotalMilliseconds);
            return created;
        }
        catch (Exception failure) when (failure is not (MigrationException or OperationCanceledException))
        {
            throw new BackupFailedException(target, failure.Message, failure);
        }
        finally
        {
            // The next run removes what cannot be removed now: that must not hide why the set was not completed.
            if (Directory.Exists(partial))
            {
                BackupPruner.TryRemove(_run, partial, () => MarkedFolder.Remove(partial));
            }
        }
    }

    /// <summary>
    /// A new name is on disk only after a flush of the folder that contains it, and the journal will refer to
    /// a set in the innermost one.
    /// </summary>
    private void CreateFolder(string source)
    {
        var missing = new List<string>();
        for (
            var path = _backups.Folder;
            path is not null && !Directory.Exists(path);
            path = Path.GetDirectoryName(path)
        )
        {
            missing.Add(path);
        }
        DurableFile.CreateFolder(_backups.Folder, source);
        missing.ForEach(path => FolderSync.Flush(Path.GetDirectoryName(path)!));
    }
}
