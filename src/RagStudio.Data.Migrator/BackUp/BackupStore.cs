using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace RagStudio.Data.Migrator;

/// <summary>
/// The folder of backup sets. A set is written under a name that ends in <c>.partial</c> and renamed when all of it is checked
/// and on disk: <b>a set that has its name is complete.</b>
/// </summary>
internal sealed class BackupStore(string folder, ILogger logger)
{
    private const string Partial = ".partial";

    public string Folder => folder;

    public string PathOf(string id) => Path.Combine(folder, id);

    public string PathOf(BackupSet set, string file) => Path.Combine(folder, set.Id, file);

    public async Task<CreatedBackup> CreateAsync(
        MigrationRun run,
        HeldStorages held,
        BackupReason reason,
        CancellationToken cancellationToken
    )
    {
        if (!held.All.Any(pair => pair.Session.Existed))
        {
            return new CreatedBackup(null, held.All.ToDictionary(pair => pair.Storage, _ => StorageCheck.Clean));
        }
        var id = run.NewBackupId();
        var begun = run.Elapsed;
        var target = PathOf(id);
        try
        {
            RemovePartials();
            // A program that is started over and over, and fails or dies each time, never comes to the end of a run.
            await TryPruneAsync(run, cancellationToken).ConfigureAwait(false);
            DurableFile.CreateFolder(folder, run.Set.Storages[0].Path);
            DurableFile.CreateFolder(target + Partial, run.Set.Storages[0].Path);
            var created = await new BackupWriter(run, held, reason, id, target + Partial)
                .WriteAsync(new WorkLimits(run.Options.BackupTimeout, cancellationToken))
                .ConfigureAwait(false);
            run.Report(new MigrationProgress(MigrationPhase.BackUp));
            Directory.Move(target + Partial, target);
            FolderSync.Flush(folder);
            run.Report(new MigrationProgress(MigrationPhase.BackUp));
            run.Trace.BackedUp(created.Set!.SizeBytes, run.Elapsed - begun);
            Log.BackedUp(logger, run.Id, created.Set.Id, created.Set.SizeBytes, run.Elapsed.TotalMilliseconds);
            return created;
        }
        catch (Exception failure) when (failure is not (MigrationException or OperationCanceledException))
        {
            throw new BackupFailedException(target, failure.Message, failure);
        }
        finally
        {
            if (Directory.Exists(target + Partial))
            {
                Directory.Delete(target + Partial, recursive: true);
            }
        }
    }

    /// <summary>The complete sets, the newest first. A folder whose manifest cannot be read is named in the log and left.</summary>
    public async Task<IReadOnlyList<BackupSet>> ListAsync(CancellationToken cancellationToken)
    {
        var sets = new List<BackupSet>();
        try
        {
            foreach (var path in Folders().Where(path => !path.EndsWith(Partial, StringComparison.Ordinal)))
            {
                if (await ReadAsync(path, cancellationToken).ConfigureAwait(false) is { } set)
                {
                    sets.Add(set);
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BackupFailedException(folder, failure.Message, failure);
        }
        return [.. sets.OrderByDescending(set => set.Id, StringComparer.Ordinal)];
    }

    /// <summary>The set of a name, which may come from outside: it is compared with the names that are there.</summary>
    public async Task<BackupSet?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var sets = await ListAsync(cancellationToken).ConfigureAwait(false);
        return sets.FirstOrDefault(set => set.Id == id);
    }

    /// <summary>The newest good set of which every database is at a migration that suits.</summary>
    public async Task<string?> FindNewestAsync(Func<BackupDatabase, bool> suits, CancellationToken cancellationToken)
    {
        var sets = await ListAsync(cancellationToken).ConfigureAwait(false);
        return sets.FirstOrDefault(set =>
            set.Verified && set.Reason != BackupReason.Interrupted && set.Databases.All(suits)
        )?.Id;
    }

    /// <summary>Removes what the run's options do not keep. Too many backups are no reason to call a run failed.</summary>
    public async Task TryPruneAsync(MigrationRun run, CancellationToken cancellationToken)
    {
        try
        {
            var needed = run.NeededBackupId ?? run.BackupId;
            await PruneAsync(BackupRetention.Of(run.Options), run.Time.GetUtcNow(), needed, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (BackupFailedException failure)
        {
            Log.BackupNotPruned(logger, folder, failure);
        }
    }

    /// <summary>Removes what retention does not keep.</summary>
    /// <exception cref="BackupFailedException">A set could not be removed.</exception>
    public async Task<IReadOnlyList<BackupSet>> PruneAsync(
        BackupRetention retention,
        DateTimeOffset now,
        string? needed,
        CancellationToken cancellationToken
    )
    {
        var excess = retention.Excess(await ListAsync(cancellationToken).ConfigureAwait(false), now, needed);
        foreach (var set in excess)
        {
            Remove(set);
            Log.BackupPruned(logger, set.Id);
        }
        return excess;
    }

    /// <summary>Renamed first: killed half way, what is left is not taken for a set.</summary>
    private void Remove(BackupSet set)
    {
        var path = PathOf(set.Id);
        try
        {
            Directory.Move(path, path + Partial);
            Directory.Delete(path + Partial, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BackupFailedException(path, failure.Message, failure);
        }
    }

    private async Task<BackupSet?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var manifest = Path.Combine(path, BackupManifest.FileName);
        if (!File.Exists(manifest))
        {
            return null;
        }
        try
        {
            var text = await File.ReadAllBytesAsync(manifest, cancellationToken).ConfigureAwait(false);
            // The folder's name is the set's name: paths are never built from a manifest's own words.
            return BackupManifest.Read(text) with { Id = Path.GetFileName(path) };
        }
        catch (JsonException failure)
        {
            Log.ManifestUnreadable(logger, manifest, failure);
            return null;
        }
    }

    /// <summary>What a run that died left behind. All storages are held, so no other run of this set is writing one.</summary>
    private void RemovePartials()
    {
        foreach (var path in Folders().Where(path => path.EndsWith(Partial, StringComparison.Ordinal)))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private string[] Folders() => Directory.Exists(folder) ? Directory.GetDirectories(folder) : [];
}
