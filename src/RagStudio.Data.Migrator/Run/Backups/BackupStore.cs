using System.Text.Json;
using Microsoft.Extensions.Logging;
using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// The folder of backup sets, which programs of other databases may share. A set is written under a name that ends in <c>.partial</c> and renamed when all
/// of it is checked and on disk: <b>a set that has its name is complete.</b>
/// </summary>
internal sealed class BackupStore(string folder, MigrationSet set, ILogger logger)
{
    public const string Partial = ".partial";

    public string Folder => folder;

    /// <summary>Tells which databases of the program a set is of.</summary>
    public BackupMatch Match { get; } = new(set, folder);

    public string PathOf(string id) => Path.Combine(folder, id);

    public string PathOf(BackupSet backup, string file) => Path.Combine(folder, backup.Id, file);

    /// <summary>The complete sets of any database, the newest first. One whose manifest cannot be read is named in the log and passed over.</summary>
    public async Task<IReadOnlyList<BackupSet>> ListAsync(CancellationToken cancellationToken)
    {
        var read = await ReadAllAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (path, fault) in read.Unreadable)
        {
            Log.ManifestUnreadable(logger, Path.Combine(path, BackupManifest.FileName), fault);
        }
        return read.Sets;
    }

    /// <summary>The sets whose manifest cannot be read, the newest first: nobody can tell whose they are.</summary>
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

    /// <summary>Those of them that have a copy of a database of the program.</summary>
    public async Task<IReadOnlyList<BackupSet>> ListOwnAsync(CancellationToken cancellationToken)
    {
        var sets = await ListAsync(cancellationToken).ConfigureAwait(false);
        return [.. sets.Where(Match.Concerns)];
    }

    /// <summary>
    /// The set of a name, which may come from outside: it is compared with the names that are there, whose case a file system may have changed.
    /// </summary>
    public async Task<BackupSet?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var sets = await ListAsync(cancellationToken).ConfigureAwait(false);
        return sets.FirstOrDefault(found => string.Equals(found.Id, id, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The newest good set of the whole program in which every database is at a migration that suits.</summary>
    public async Task<string?> FindNewestAsync(
        Func<IMigrationDatabase, BackupDatabase?, bool> suits,
        CancellationToken cancellationToken
    )
    {
        var sets = await ListAsync(cancellationToken).ConfigureAwait(false);
        return sets.FirstOrDefault(found =>
            found.Verified
            && found.Reason != BackupReason.Interrupted
            && Match.Covers(found)
            && set.Databases.All(database => suits(database, Match.EntryOf(found, database)))
        )?.Id;
    }

    /// <summary>The folders of sets that were not finished, or whose removal was not.</summary>
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
            // One set that cannot be read says nothing about the others.
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
            // The folder's name is the set's name: paths are never built from a manifest's own words.
            return BackupManifest.Read(text) with { Id = Path.GetFileName(path) };
        }
        // Some other folder, or whoever keeps other databases' sets here has just removed one. A link to nothing is a manifest that is lost.
        catch (Exception failure)
            when (failure is FileNotFoundException or DirectoryNotFoundException && !FileEntry.Exists(manifest))
        {
            return null;
        }
    }

    private string[] SetFolders()
    {
        try
        {
            return [.. Folders().Where(path => !IsPartial(path))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BackupFailedException(folder, failure.Message, failure);
        }
    }

    private string[] Folders() => Directory.Exists(folder) ? Directory.GetDirectories(folder) : [];
}
