using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// A storage as recorded in a folder: by its key and, for a file, by its path relative to that folder,
/// because the two may be moved together.
/// </summary>
/// <param name="Path">The storage's key: the full path, for a file.</param>
/// <param name="RelativePath">The path from the folder; <see langword="null"/> if there is no relative path.</param>
internal sealed record MarkedDatabase(string Path, string? RelativePath)
{
    public static MarkedDatabase Create(IDatabaseStorage storage, string folder)
    {
        if (storage.File is not { } file)
        {
            return new MarkedDatabase(storage.Key, RelativePath: null);
        }
        var relative = System.IO.Path.GetRelativePath(FileIdentity.Resolve(folder), file.Path);
        return new MarkedDatabase(
            storage.Key,
            System.IO.Path.IsPathRooted(relative) ? null : relative.Replace(System.IO.Path.DirectorySeparatorChar, '/')
        );
    }

    public bool IsIn(MigrationSet set, string folder) =>
        Path is not null && set.StorageAt(Path) is not null
        || RelativePath is not null
            && set.StorageAt(System.IO.Path.Combine(FileIdentity.Resolve(folder), RelativePath)) is not null;
}
