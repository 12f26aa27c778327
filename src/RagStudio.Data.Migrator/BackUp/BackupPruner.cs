using System.Text;
using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.BackUp;

/// <summary>
/// Removes backup sets in excess of the retention, and unfinished ones that killed runs left behind. It
/// removes only sets of exactly the databases that the run holds: others that use the folder prune their own
/// sets, and may be writing one right now.
/// </summary>
internal sealed class BackupPruner(LockedSet locked)
{
    /// <summary>A folder without a marker may be one that another program is creating; not if it is older than that.</summary>
    private static readonly TimeSpan LongAgo = TimeSpan.FromDays(1);

    private readonly MigrationRun _run = locked.Run;
    private readonly BackupStore _backups = locked.Run.Backups;

    /// <summary>Applies the retention of the run's options. Too many backups are not a reason to fail a run.</summary>
    public async Task TryPruneAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PruneAsync(cancellationToken).ConfigureAwait(false);
        }
        // Cleanup must not fail a run that is complete or has not begun.
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.BackupNotPruned(_run.Logger, _backups.DisplayName, failure);
        }
    }

    /// <exception cref="BackupFailedException">A set could not be removed.</exception>
    public async Task<IReadOnlyList<BackupSet>> PruneAsync(CancellationToken cancellationToken)
    {
        var kept = await new KeptSets(_run.Set)
            .PruneAsync(BackupRetention.From(_run.Options), _run.Time.GetUtcNow(), cancellationToken)
            .ConfigureAwait(false);
        foreach (var set in kept)
        {
            foreach (var database in set.Databases)
            {
                _run.Trace.Removed(database);
            }
            Report(set);
        }
        return [.. kept, .. await PruneFolderAsync(cancellationToken).ConfigureAwait(false)];
    }

    private void Report(BackupSet set)
    {
        _run.Pruned.Add(set.Id);
        Log.BackupPruned(_run.Logger, set.Id);
    }

    private async Task<IReadOnlyList<BackupSet>> PruneFolderAsync(CancellationToken cancellationToken)
    {
        if (!_backups.HasFolder)
        {
            return [];
        }
        try
        {
            RemovePartials();
            var excess = await FindExcessAsync(cancellationToken).ConfigureAwait(false);
            foreach (var set in excess)
            {
                await RemoveAsync(set, cancellationToken).ConfigureAwait(false);
                Report(set);
            }
            await CompressAsync(cancellationToken).ConfigureAwait(false);
            return excess;
        }
        // An unreadable journal may refer to any set.
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new BackupFailedException(_backups.Folder, failure.Message, failure);
        }
    }

    /// <summary>Compresses the copies of old sets. One that was altered stays as it is: a verification reports it.</summary>
    private async Task CompressAsync(CancellationToken cancellationToken)
    {
        if (_run.Options.CompressBackupsBeyond is not { } plain)
        {
            return;
        }
        var own = await ListOwnAsync(cancellationToken).ConfigureAwait(false);
        var journals = ReadJournals();
        foreach (var set in own.Skip(plain).Where(set => !IsNeeded(set, journals) && !IsLink(set)))
        {
            foreach (var copy in set.Copies().Where(copy => copy.CompressedBytes is null && IsOfFile(set, copy)))
            {
                if (
                    _backups.CompressedOf(set, copy) is { } compressed
                    && await compressed.CompressAsync(cancellationToken).ConfigureAwait(false)
                )
                {
                    Log.BackupCompressed(_run.Logger, set.Id, copy.Bytes, compressed.Length);
                }
            }
        }
    }

    private bool IsLink(BackupSet set) => new DirectoryInfo(_backups.PathOf(set.Id)).LinkTarget is not null;

    /// <summary>False for a server's dump, which is compressed already.</summary>
    private bool IsOfFile(BackupSet set, BackupDatabase copy) => _backups.Match.StorageOf(set, copy)?.File is not null;

    /// <summary>Lists the sets of exactly the databases that the run holds, newest first.</summary>
    private async Task<IReadOnlyList<BackupSet>> ListOwnAsync(CancellationToken cancellationToken)
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
        return own;
    }

    private async Task<IReadOnlyList<BackupSet>> FindExcessAsync(CancellationToken cancellationToken)
    {
        var own = await ListOwnAsync(cancellationToken).ConfigureAwait(false);
        var journals = ReadJournals();
        return BackupRetention
            .From(_run.Options)
            .Excess(own, _run.Time.GetUtcNow(), set => IsNeeded(set, journals), _backups.Match.CombinationOf);
    }

    private bool IsNeeded(BackupSet set, IReadOnlyList<string> journals) =>
        string.Equals(set.Id, _run.NeededBackupId ?? _run.BackupId, StringComparison.OrdinalIgnoreCase)
        || journals.Any(journal => journal.Contains(set.Id, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Reads all journals beside the databases and beside the backups, regardless of their owner and state: a
    /// set that one of them mentions is kept.
    /// </summary>
    private string[] ReadJournals() =>
        [
            .. _run
                .Set.Folders.Append(Path.GetDirectoryName(_backups.Folder))
                .Where(Directory.Exists)
                .Distinct(StringComparer.Ordinal)
                .SelectMany(folder => Directory.EnumerateFiles(folder!, "*" + RunJournal.Extension))
                .Select(ReadJournal),
            .. _run.Journal.LinesElsewhere,
        ];

    private static string ReadJournal(string path)
    {
        try
        {
            return Encoding.UTF8.GetString(OwnFile.Read(path));
        }
        catch (FileNotFoundException)
        {
            // Another run has just completed.
            return "";
        }
    }

    /// <summary>
    /// Renames the set first: if the process is killed halfway, the rest is not mistaken for a set and can be
    /// removed.
    /// </summary>
    private async Task RemoveAsync(BackupSet set, CancellationToken cancellationToken)
    {
        var path = _backups.PathOf(set.Id);
        if (IsLink(set))
        {
            // The set is a link to a folder elsewhere, which is not ours to remove.
            PatientFile.DeleteFolder(path);
            return;
        }
        if (MarkedFolder.Find(path) is null)
        {
            await MarkedFolder.MarkAsync(locked, path, cancellationToken).ConfigureAwait(false);
        }
        PatientFile.MoveFolder(path, path + BackupStore.Partial);
        // Otherwise a power failure could bring back the name of a half-deleted set.
        FolderSync.Flush(_backups.Folder);
        MarkedFolder.Remove(path + BackupStore.Partial);
    }

    /// <summary>
    /// Removes what killed runs left behind. This run holds their databases, so they are no longer running.
    /// </summary>
    private void RemovePartials()
    {
        foreach (var path in _backups.Partials())
        {
            if (MarkedFolder.Find(path)?.IsOf(FolderMarker.Backup, _run.Set, path) == true)
            {
                MarkedFolder.Remove(path);
            }
            else if (Directory.GetLastWriteTimeUtc(path) < _run.Time.GetUtcNow() - LongAgo)
            {
                // It need not be ours, so what keeps it from being removed is no failure of this run.
                TryRemove(_run, path, () => MarkedFolder.TryRemoveLost(path));
            }
        }
    }

    public static void TryRemove(MigrationRun run, string path, Action remove)
    {
        try
        {
            remove();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Log.BackupNotPruned(run.Logger, path, failure);
        }
    }
}
