namespace RagStudio.Data.Migrator;

/// <summary>
/// A folder beside the first database that holds the copies of one rehearsal. A file in it says whose they are, and is kept open as long as its process
/// lives, so that what a killed one has left can be told and removed.
/// </summary>
internal sealed class RehearsalFolder : IDisposable
{
    private const string Prefix = ".rehearsal-";
    private const string Alive = "alive";

    private readonly FileStream _alive;

    private RehearsalFolder(string path, FileStream alive) => (Path, _alive) = (path, alive);

    public string Path { get; }

    /// <summary>The bytes of all files in it.</summary>
    public long Bytes => new DirectoryInfo(Path).EnumerateFiles().Sum(file => file.Length);

    /// <exception cref="DirectoryNotFoundException">More is missing than the folder of the databases, which a run would create.</exception>
    public static RehearsalFolder Create(MigrationSet set, string runId)
    {
        var path = System.IO.Path.Combine(Beside(set), Prefix + runId);
        DurableFile.CreateFolder(path, set.Storages[0].Path);
        var alive = Open(path, FileMode.CreateNew);
        SourceAccess.Give(alive.SafeFileHandle, set.Storages[0].Path);
        alive.Write(FolderMarker.Of(FolderMarker.Rehearsal, set, path).Write());
        alive.Flush(flushToDisk: true);
        return new RehearsalFolder(path, alive);
    }

    /// <summary>Removes what rehearsals of these databases have left whose processes died.</summary>
    public static void RemoveDead(MigrationSet set)
    {
        try
        {
            foreach (var path in Directory.GetDirectories(Beside(set), Prefix + "*").Where(path => IsDead(path, set)))
            {
                MarkedFolder.Remove(path, Alive);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Copies that stay are no reason to call a run failed; the next one tries again.
        }
    }

    public void Dispose()
    {
        _alive.Dispose();
        try
        {
            MarkedFolder.Remove(Path, Alive);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Another run has just taken it for what a killed one left, or the next one will: that must not hide what the rehearsal ended with.
        }
    }

    /// <summary>The folder of the first database; the one above it, if only it is missing.</summary>
    private static string Beside(MigrationSet set) =>
        Directory.Exists(set.Folder) || System.IO.Path.GetDirectoryName(set.Folder) is not { } parent
            ? set.Folder
            : parent;

    private static bool IsDead(string path, MigrationSet set)
    {
        if (new DirectoryInfo(path).LinkTarget is not null)
        {
            return false;
        }
        try
        {
            // Not where there is no such file: then it is somebody else's folder, or one that is just being made.
            using var alive = Open(path, FileMode.Open);
            var text = new byte[alive.Length];
            alive.ReadExactly(text);
            return FolderMarker.Read(text)?.IsOf(FolderMarker.Rehearsal, set, path) == true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Its process lives and holds the file, or has just removed the folder; or it is another user's.
            return false;
        }
    }

    private static FileStream Open(string path, FileMode mode) =>
        new(System.IO.Path.Combine(path, Alive), mode, FileAccess.ReadWrite, FileShare.None);
}
