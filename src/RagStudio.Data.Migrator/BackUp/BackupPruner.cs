using System.Text;
using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.BackUp;

/// <summary>
/// Removes the backup sets that are more than is kept, and what runs that died left of unfinished ones. Only what is of the databases that the run holds
/// and of no others: whoever else keeps sets in the folder has their own to prune, or is just writing one.
/// </summary>
internal sealed class BackupPruner(LockedSet locked)
{
    private readonly MigrationRun _run = locked.Run;
    private readonly BackupStore _backups = locked.Run.Backups;

    /// <summary>Removes what the run's options do not keep. Too many backups are no reason to call a run failed.</summary>
    public async Task TryPruneAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PruneAsync(cancellationToken).ConfigureAwait(false);
        }
        // A run that is done, or has not begun, must not fail for what only tidies up.
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.BackupNotPruned(_run.Logger, _backups.Folder, failure);
        }
    }

    /// <exception cref="BackupFailedException">A set could not be removed.</exception>
    public async Task<IReadOnlyList<BackupSet>> PruneAsync(CancellationToken cancellationToken)
    {
        try
        {
            RemovePartials();
            var excess = await FindExcessAsync(cancellationToken).ConfigureAwait(false);
            foreach (var set in excess)
            {
                await RemoveAsync(set, cancellationToken).ConfigureAwait(false);
                _run.Pruned.Add(set.Id);
                Log.BackupPruned(_run.Logger, set.Id);
            }
            return excess;
        }
        // A journal that cannot be read may name any set.
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new BackupFailedException(_backups.Folder, failure.Message, failure);
        }
    }

    private async Task<IReadOnlyList<BackupSet>> FindExcessAsync(CancellationToken cancellationToken)
    {
        var origins = new BackupOrigins(locked, _backups);
        var own = new List<BackupSet>();
        foreach (var set in await _backups.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (
                _backups.Match.IsOnlyOurs(set)
                && await origins.FindUnprovenAsync(set, _backups.Match, cancellationToken).ConfigureAwait(false) is null
            )
            {
                own.Add(set);
            }
        }
        var journals = ReadJournals();
        return BackupRetention
            .From(_run.Options)
            .Excess(own, _run.Time.GetUtcNow(), set => IsNeeded(set, journals), _backups.Match.CombinationOf);
    }

    private bool IsNeeded(BackupSet set, IReadOnlyList<string> journals) =>
        string.Equals(set.Id, _run.NeededBackupId ?? _run.BackupId, StringComparison.OrdinalIgnoreCase)
        || journals.Any(journal => journal.Contains(set.Id, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The texts of all journals there are beside the databases and beside the backups, whoever's they are and whatever became of them: a set that is
    /// named in one stays.
    /// </summary>
    private string[] ReadJournals() =>
        [
            .. _run
                .Set.Folders.Append(Path.GetDirectoryName(_backups.Folder))
                .Where(Directory.Exists)
                .Distinct(StringComparer.Ordinal)
                .SelectMany(folder => Directory.EnumerateFiles(folder!, "*" + RunJournal.Extension))
                .Select(ReadJournal),
        ];

    private static string ReadJournal(string path)
    {
        try
        {
            return Encoding.UTF8.GetString(OwnFile.Read(path));
        }
        catch (FileNotFoundException)
        {
            // Another run has just come to its end.
            return "";
        }
    }

    /// <summary>Renamed first: killed half way, what is left is not taken for a set, but for what may be removed.</summary>
    private async Task RemoveAsync(BackupSet set, CancellationToken cancellationToken)
    {
        var path = _backups.PathOf(set.Id);
        if (new DirectoryInfo(path).LinkTarget is not null)
        {
            // Somebody keeps the set elsewhere: what is there is theirs.
            PatientFile.DeleteFolder(path);
            return;
        }
        if (MarkedFolder.Find(path) is null)
        {
            await MarkedFolder
                .MarkAsync(
                    path,
                    FolderMarker.Of(FolderMarker.Backup, _run.Set, path),
                    locked.AccessSource,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        PatientFile.MoveFolder(path, path + BackupStore.Partial);
        // Else a power failure could bring back the name of a set of which the half is gone.
        FolderSync.Flush(_backups.Folder);
        MarkedFolder.Remove(path + BackupStore.Partial);
    }

    /// <summary>What a run that died left behind. Its databases are held, so it is not alive.</summary>
    private void RemovePartials()
    {
        foreach (var path in _backups.Partials())
        {
            if (MarkedFolder.Find(path)?.IsOf(FolderMarker.Backup, _run.Set, path) == true)
            {
                MarkedFolder.Remove(path);
            }
        }
    }
}
