using RagStudio.Data.Migrator.Files;

namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// A folder that may be removed as a whole, because a marker shows that it was created here and for which
/// databases. The marker is the first and the last file in it: a folder's name does not make it ours.
/// </summary>
internal static class MarkedFolder
{
    public const string Marker = ".ragstudio-backup";

    /// <summary>Marks a folder of backups, on disk when the method returns.</summary>
    public static async Task MarkAsync(LockedSet locked, string path, CancellationToken cancellationToken)
    {
        var marker = FolderMarker.Create(FolderMarker.Backup, locked.Run.Set, path).Write();
        var file = Path.Combine(path, Marker);
        await DurableFile.WriteAsync(file, marker, locked.AccessSource, cancellationToken).ConfigureAwait(false);
        FolderSync.Flush(path);
    }

    /// <summary>
    /// Reads a folder's marker; <see langword="null"/> for any other folder, or one whose marker never
    /// reached the disk.
    /// </summary>
    public static FolderMarker? Find(string path)
    {
        if (new DirectoryInfo(path).LinkTarget is not null)
        {
            return null;
        }
        try
        {
            return FolderMarker.Read(OwnFile.Read(Path.Combine(path, Marker)));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>
    /// Removes a folder whose marker a power failure has destroyed: nothing is in it but what is left of the marker.
    /// </summary>
    /// <returns>False if it holds anything else, which may be somebody else's.</returns>
    public static bool TryRemoveLost(string path)
    {
        var folder = new DirectoryInfo(path);
        var marker = Path.Combine(path, Marker);
        if (
            folder.LinkTarget is not null
            || folder.EnumerateFileSystemInfos().Any(entry => entry.Name != Marker)
            || FileEntry.Exists(marker) && !IsTorn(marker)
        )
        {
            return false;
        }
        PatientFile.Delete(marker);
        PatientFile.DeleteFolder(path);
        return true;
    }

    /// <summary>Removes a folder with its content. If killed halfway, the rest is still marked.</summary>
    public static void Remove(string path, string marker = Marker)
    {
        var last = Path.Combine(path, marker);
        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos().Where(entry => entry.Name != marker))
        {
            // A link is removed, but not its target.
            if (entry is DirectoryInfo { LinkTarget: null } inner)
            {
                PatientFile.DeleteFolder(inner.FullName, recursive: true);
            }
            else if (entry is DirectoryInfo)
            {
                PatientFile.DeleteFolder(entry.FullName);
            }
            else
            {
                PatientFile.Delete(entry.FullName);
            }
        }
        // Otherwise a power failure could leave a part of the rest without a marker.
        FolderSync.Flush(path);
        PatientFile.Delete(last);
        PatientFile.DeleteFolder(path);
    }

    /// <summary>True for a file without content, or with the beginning of a marker.</summary>
    private static bool IsTorn(string marker)
    {
        try
        {
            var text = OwnFile.Read(marker);
            return FolderMarker.Read(text) is null
                && (!text.AsSpan().ContainsAnyExcept((byte)0) || FolderMarker.IsBegun(text));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return false;
        }
    }
}
