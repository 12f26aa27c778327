using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// Tells which of a program's databases a backup set is of: by the file, for a name is for people. One database may be called differently by several
/// programs, and several files have the same name.
/// </summary>
/// <param name="set">The program's databases.</param>
/// <param name="folder">The folder of the backup sets.</param>
/// <param name="takesOthers">Whether copies of other files are taken for those of the program's, because somebody asked for it.</param>
internal sealed class BackupMatch(MigrationSet set, string folder, bool takesOthers = false)
{
    private readonly string _folder = FileIdentity.Resolve(folder);

    /// <summary>Whether it has a copy of any of the program's databases.</summary>
    public bool Concerns(BackupSet backup) => set.Storages.Any(storage => CopyOf(backup, storage) is not null);

    /// <summary>Whether it has nothing else: what has may be somebody else's to keep.</summary>
    public bool IsOnlyOurs(BackupSet backup) =>
        backup.Databases.Count > 0 && backup.Databases.All(copy => StorageOf(backup, copy) is not null);

    /// <summary>Whether the whole set of the program can be restored from it.</summary>
    public bool Covers(BackupSet backup) => set.Storages.All(storage => CopyOf(backup, storage) is not null);

    /// <summary>What the set has of a storage; databases in one storage share their copy.</summary>
    public BackupDatabase? CopyOf(BackupSet backup, IDatabaseStorage storage) =>
        backup.Databases.FirstOrDefault(copy => storage.Equals(StorageOf(backup, copy)));

    /// <summary>What the set says of one database: by its name, else what can only be meant.</summary>
    public BackupDatabase? EntryOf(BackupSet backup, IMigrationDatabase database)
    {
        var here = backup.Databases.Where(copy => database.Storage.Equals(StorageOf(backup, copy))).ToArray();
        return Array.Find(here, copy => copy.Name == database.Name)
            ?? OnlyOf(here.Where(copy => Knows(database, copy)));
    }

    /// <summary>One text for all sets of the same choice of the program's storages.</summary>
    public string CombinationOf(BackupSet backup) =>
        string.Concat(set.Storages.Select(storage => CopyOf(backup, storage) is null ? '-' : '+'));

    /// <summary>The program's storage that a copy is of; <see langword="null"/> for one of another file.</summary>
    public IDatabaseStorage? StorageOf(BackupSet backup, BackupDatabase copy) =>
        copy.Path is not null || copy.RelativePath is not null
            ? ByPath(backup, copy) ?? (takesOthers ? ByName(backup, copy) : null)
            : ByName(backup, copy);

    /// <summary>Whether a copy names a file of the program's by its full path.</summary>
    public bool NamesFile(BackupDatabase copy) => copy.Path is { } path && set.StorageAt(path) is not null;

    private IDatabaseStorage? ByPath(BackupSet backup, BackupDatabase copy) =>
        (copy.Path is { } path ? set.StorageAt(path) : null)
        ?? (copy.RelativePath is { } relative ? set.StorageAt(Path.Combine(_folder, backup.Id, relative)) : null);

    /// <summary>As earlier versions did. The names may be others by now: then the only copy is the only database's, if its migration is.</summary>
    private IDatabaseStorage? ByName(BackupSet backup, BackupDatabase copy) =>
        set.Databases.FirstOrDefault(database => database.Name == copy.Name)?.Storage
        ?? (IsOnlyCandidate(backup, copy) ? set.Storages[0] : null);

    private bool IsOnlyCandidate(BackupSet backup, BackupDatabase copy) =>
        set.Storages.Count == 1
        && backup.Databases.Select(other => other.File).Distinct().Count() == 1
        && (takesOthers || copy.MigrationId is not null && set.Databases.Any(database => Knows(database, copy)));

    private static bool Knows(IMigrationDatabase database, BackupDatabase copy) =>
        copy.MigrationId is null
        || database.Migrations.Any(known => MigrationIdComparer.Default.Equals(known.Version, copy.MigrationId));

    private static BackupDatabase? OnlyOf(IEnumerable<BackupDatabase> copies) =>
        copies.Take(2).ToArray() is [var only] ? only : null;
}
