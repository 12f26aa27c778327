using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>A database's file as it is written down in a folder: by its place, and by its place seen from that folder, for the two may be moved together.</summary>
/// <param name="Path">The full path.</param>
/// <param name="RelativePath">The path from the folder; <see langword="null"/> where there is no way from one to the other.</param>
internal sealed record MarkedDatabase(string Path, string? RelativePath)
{
    public static MarkedDatabase Of(IDatabaseStorage storage, string folder)
    {
        var relative = System.IO.Path.GetRelativePath(FileIdentity.Resolve(folder), storage.Path);
        return new MarkedDatabase(
            storage.Path,
            System.IO.Path.IsPathRooted(relative) ? null : relative.Replace(System.IO.Path.DirectorySeparatorChar, '/')
        );
    }

    public bool IsIn(MigrationSet set, string folder) =>
        Path is not null && set.StorageAt(Path) is not null
        || RelativePath is not null
            && set.StorageAt(System.IO.Path.Combine(FileIdentity.Resolve(folder), RelativePath)) is not null;
}
