using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// Finds a backup set's copies of a program's databases by their files, because names are only for display:
/// several programs may use different names for one database, and several files may have the same name.
/// </summary>
/// <param name="set">The program's databases.</param>
/// <param name="folder">The folder of the backup sets; <see langword="null"/> if there is none.</param>
/// <param name="acceptsOthers">
/// True to accept copies of other files for those of the program, because the user asked for it.
/// </param>
internal sealed class BackupMatch(MigrationSet set, string? folder, bool acceptsOthers = false)
{
    private readonly string _folder = folder is null ? "" : FileIdentity.Resolve(folder);

    /// <summary>True if it contains a copy of any of the program's databases.</summary>
    public bool Concerns(BackupSet backup) => set.Storages.Any(storage => CopyOf(backup, storage) is not null);

    /// <summary>True if it contains nothing else: sets with copies of other databases may have another owner.</summary>
    public bool IsOnlyOurs(BackupSet backup) =>
        backup.Databases.Count > 0 && backup.Databases.All(copy => StorageOf(backup, copy) is not null);

    /// <summary>True if the program's whole set can be restored from it.</summary>
    public bool Covers(BackupSet backup) => set.Storages.All(storage => CopyOf(backup, storage) is not null);

    /// <summary>Finds a storage's copy in the set; databases in one storage share their copy.</summary>
    public BackupDatabase? CopyOf(BackupSet backup, IDatabaseStorage storage) =>
        backup.Databases.FirstOrDefault(copy => storage.Equals(StorageOf(backup, copy)));

    /// <summary>Finds a database's entry in the set: by name, or otherwise the only possible one.</summary>
    public BackupDatabase? EntryOf(BackupSet backup, IMigrationDatabase database)
    {
        var here = backup.Databases.Where(copy => database.Storage.Equals(StorageOf(backup, copy))).ToArray();
        return Array.Find(here, copy => copy.Name == database.Name)
            ?? OnlyOf(here.Where(copy => Knows(database, copy)));
    }

    /// <summary>Returns the same text for all sets with the same combination of the program's storages.</summary>
    public string CombinationOf(BackupSet backup) =>
        string.Concat(set.Storages.Select(storage => CopyOf(backup, storage) is null ? '-' : '+'));

    /// <summary>Finds the program's storage that a copy belongs to; <see langword="null"/> for another file.</summary>
    public IDatabaseStorage? StorageOf(BackupSet backup, BackupDatabase copy) =>
        copy.Path is not null || copy.RelativePath is not null
            ? ByPath(backup, copy) ?? (acceptsOthers ? ByName(backup, copy) : null)
            : ByName(backup, copy);

    /// <summary>True if a copy names one of the program's files by its full path.</summary>
    public bool NamesFile(BackupDatabase copy) => copy.Path is { } path && set.StorageAt(path) is not null;

    private IDatabaseStorage? ByPath(BackupSet backup, BackupDatabase copy) =>
        (copy.Path is { } path ? set.StorageAt(path) : null)
        ?? (copy.RelativePath is { } relative ? set.StorageAt(Path.Combine(_folder, backup.Id, relative)) : null);

    /// <summary>
    /// Matches by name, as earlier versions did. If the names have changed since, the only copy belongs to
    /// the only database, provided that its migration is known.
    /// </summary>
    private IDatabaseStorage? ByName(BackupSet backup, BackupDatabase copy) =>
        set.Databases.FirstOrDefault(database => database.Name == copy.Name)?.Storage
        ?? (IsOnlyCandidate(backup, copy) ? set.Storages[0] : null);

    private bool IsOnlyCandidate(BackupSet backup, BackupDatabase copy) =>
        set.Storages.Count == 1
        && backup.Databases.Select(other => other.File).Distinct().Count() == 1
        && (acceptsOthers || copy.MigrationId is not null && set.Databases.Any(database => Knows(database, copy)));

    /// <summary>True if the program has the migration that a copy is at.</summary>
    public static bool Knows(IMigrationDatabase database, BackupDatabase copy) =>
        copy.MigrationId is null
        || database.Migrations.Any(known => MigrationIdComparer.Default.Equals(known.Version, copy.MigrationId));

    private static BackupDatabase? OnlyOf(IEnumerable<BackupDatabase> copies) =>
        copies.Take(2).ToArray() is [var only] ? only : null;
}
