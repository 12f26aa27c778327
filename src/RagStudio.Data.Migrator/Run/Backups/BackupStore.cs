using System.Text.Json;
using Microsoft.Extensions.Logging;
using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// The folder of backup sets, which programs with other databases may share. A set is written under a name
/// that ends in <c>.partial</c>, and renamed when all of it is checked and on disk: <b>a set with its final
/// name is complete.</b>
/// </summary>
/// <param name="folder">
/// The folder; <see langword="null"/> if none is configured and the databases are not files. It then has no sets.
/// </param>
/// <param name="set">The program's databases.</param>
/// <param name="logger">Receives what cannot be read.</param>
internal sealed class BackupStore(string? folder, MigrationSet set, ILogger logger)
{
    public const string Partial = ".partial";

    public bool HasFolder => folder is not null;

    /// <exception cref="InvalidOperationException">None is configured.</exception>
    public string Folder =>
        folder
        ?? throw new InvalidOperationException(
            $"Backups have no default folder, because '{DisplayName}' is no file: set MigrationOptions.BackupDirectory."
        );

    /// <summary>Where the sets are, for people. It may be the databases themselves.</summary>
    public string DisplayName => folder ?? set.Storages[0].DisplayName;

    /// <summary>Finds the program's databases in a set.</summary>
    public BackupMatch Match { get; } = new(set, folder);

    public string PathOf(string id) => Path.Combine(Folder, id);

    public string PathOf(BackupSet backup, string file) => Path.Combine(Folder, backup.Id, file);

    /// <summary>
    /// Lists the complete sets of any databases, newest first. A set with an unreadable manifest is logged
    /// and skipped.
    /// </summary>
    public async Task<IReadOnlyList<BackupSet>> ListAsync(CancellationToken cancellationToken)
    {
        var read = await ReadAllAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (path, fault) in read.Unreadable)
        {
            Log.ManifestUnreadable(logger, Path.Combine(path, BackupManifest.FileName), fault);
        }
        return read.Sets;
    }

    /// <summary>Lists the sets with an unreadable manifest, newest first: their owner is unknown.</summary>
    public async Task<IReadOnlyList<UnreadableBackup>> ListUnreadableAsync(CancellationToken cancellationToken)
    {
        var read = await ReadAllAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. read
                .Unreadable.Select(one => new UnreadableBackup(
                    Path.GetFileName(one.Path),
                    $"its manifest cannot be read: {one.Fault.Message}"
                ))
                .OrderByDescending(one => one.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Lists only sets with a copy of one of the program's databases.</summary>
    public async Task<IReadOnlyList<BackupSet>> ListOwnAsync(CancellationToken cancellationToken)
    {
        var sets = await ListAsync(cancellationToken).ConfigureAwait(false);
        return [.. sets.Where(Match.Concerns)];
    }

    /// <summary>
    /// Finds a set by name, which may come from outside: it is compared with the existing names, whose case a
    /// file system may have changed.
    /// </summary>
    public async Task<BackupSet?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var sets = await ListAsync(cancellationToken).ConfigureAwait(false);
        return sets.FirstOrDefault(found => string.Equals(found.Id, id, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>
    /// Finds the newest good set of the whole program in which every database is at a suitable migration.
    /// </summary>
    public async Task<string?> FindNewestAsync(
        Func<IMigrationDatabase, BackupDatabase?, bool> suits,
        CancellationToken cancellationToken
    )
    {
        var sets = await ListAsync(cancellationToken).ConfigureAwait(false);
        return sets.FirstOrDefault(found =>
            found.IsUsable
            && found.Reason != BackupReason.Interrupted
            && Match.Covers(found)
            && set.Databases.All(database => suits(database, Match.EntryOf(found, database)))
        )?.Id;
    }

    /// <returns>The compressed form of a copy, which need not exist; <see langword="null"/> for a copy that cannot have one.</returns>
    public CompressedCopy? CompressedOf(BackupSet backup, BackupDatabase copy) => Compressed(PathOf(backup.Id), copy);

    /// <summary>Brings back the copies of a set that are compressed.</summary>
    /// <exception cref="BackupFailedException">One of them was altered, or there is no space for it.</exception>
    public async Task ExpandAsync(BackupSet backup, CancellationToken cancellationToken)
    {
        foreach (var copy in backup.Copies())
        {
            if (CompressedOf(backup, copy) is { Exists: true } compressed)
            {
                try
                {
                    await compressed.ExpandAsync(cancellationToken).ConfigureAwait(false);
                }
                catch (Exception failure)
                    when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
                {
                    throw new BackupFailedException(PathOf(backup.Id), failure.Message, failure);
                }
            }
        }
    }

    /// <summary>Lists the folders of sets whose creation or removal was not completed.</summary>
    public IEnumerable<string> Partials() => Folders().Where(IsPartial);

    private static bool IsPartial(string path) => path.EndsWith(Partial, StringComparison.Ordinal);

    private async Task<(
        IReadOnlyList<BackupSet> Sets,
        IReadOnlyList<(string Path, Exception Fault)> Unreadable
    )> ReadAllAsync(CancellationToken cancellationToken)
    {
        var (sets, unreadable) = (new List<BackupSet>(), new List<(string, Exception)>());
        foreach (var path in SetFolders())
        {
            try
            {
                if (await ReadAsync(path, cancellationToken).ConfigureAwait(false) is { } found)
                {
                    sets.Add(found);
                }
            }
            // A single unreadable set says nothing about the others.
            catch (Exception failure)
                when (failure is JsonException or InvalidDataException or IOException or UnauthorizedAccessException)
            {
                unreadable.Add((path, failure));
            }
        }
        return ([.. sets.OrderByDescending(found => found.Id, StringComparer.Ordinal)], unreadable);
    }

    private static async Task<BackupSet?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var manifest = Path.Combine(path, BackupManifest.FileName);
        try
        {
            var text = await Task.Run(() => OwnFile.Read(manifest), cancellationToken).ConfigureAwait(false);
            // The folder's name is the set's name: paths are never built from a manifest's content.
            var set = BackupManifest.Read(text) with
            {
                Id = Path.GetFileName(path),
            };
            return set with { Databases = [.. set.Databases.Select(copy => Measure(path, copy))] };
        }
        // An unrelated folder, or a set that another program has just removed. A dangling link counts as a
        // lost manifest.
        catch (Exception failure)
            when (failure is FileNotFoundException or DirectoryNotFoundException && !FileEntry.Exists(manifest))
        {
            return null;
        }
    }

    private static BackupDatabase Measure(string path, BackupDatabase copy) =>
        Compressed(path, copy) is { Exists: true } compressed
            ? copy with
            {
                CompressedBytes = compressed.Length,
            }
            : copy;

    private static CompressedCopy? Compressed(string path, BackupDatabase copy) =>
        copy is { File: { } file, Sha256: { } hash } ? new(Path.Combine(path, file), copy.Bytes, hash) : null;

    private string[] SetFolders()
    {
        try
        {
            return [.. Folders().Where(path => !IsPartial(path))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BackupFailedException(Folder, failure.Message, failure);
        }
    }

    private string[] Folders() => Directory.Exists(folder) ? Directory.GetDirectories(folder) : [];
}
