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

    public string PathOf(BackupSet set) => Path.Combine(folder, set.Id);

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

        var target = Path.Combine(folder, run.NewBackupId);
        try
        {
            RemovePartials();
            DurableFile.CreateFolder(folder);
            DurableFile.CreateFolder(target + Partial);
            var created = await new BackupWriter(run, held, target + Partial)
                .WriteAsync(reason, cancellationToken)
                .ConfigureAwait(false);
            Directory.Move(target + Partial, target);
            Log.BackedUp(logger, run.Id, created.Set!.Id, created.Set.SizeBytes, run.Elapsed.TotalMilliseconds);
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

    /// <summary>The newest good set in which no database is at a migration that the program does not have.</summary>
    public async Task<string?> FindUsableAsync(MigrationSet set, CancellationToken cancellationToken)
    {
        var known = set.Databases.ToDictionary(
            database => database.Name,
            database =>
                database.Migrations.Select(migration => migration.Version).ToHashSet(MigrationPlanner.VersionOrder)
        );
        var sets = await ListAsync(cancellationToken).ConfigureAwait(false);
        return sets.FirstOrDefault(backup => backup.Verified && backup.Databases.All(IsKnown))?.Id;

        bool IsKnown(BackupDatabase database) =>
            known.TryGetValue(database.Name, out var ids)
            && (database.MigrationId is null || ids.Contains(database.MigrationId));
    }

    /// <summary>Removes the oldest sets beyond the number to keep. What cannot be removed is no reason to fail a run.</summary>
    public async Task PruneAsync(int keep)
    {
        try
        {
            var sets = await ListAsync(CancellationToken.None).ConfigureAwait(false);
            foreach (var set in BackupRetention.Excess(sets, keep))
            {
                Directory.Delete(PathOf(set), recursive: true);
                Log.BackupPruned(logger, set.Id);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or BackupFailedException)
        {
            Log.BackupNotPruned(logger, folder, failure);
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
            var set = BackupManifest.Read(
                await File.ReadAllBytesAsync(manifest, cancellationToken).ConfigureAwait(false)
            );
            // The folder's name is the set's name: paths are never built from a manifest's own words.
            return set with { Id = Path.GetFileName(path) };
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
