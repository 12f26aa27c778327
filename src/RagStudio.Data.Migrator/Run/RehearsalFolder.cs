using RagStudio.Data.Migrator.Files;

namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// A folder beside the first database that holds the copies of one rehearsal. A file in it says whose they are, and is kept open as long as its process
/// lives, so that what a killed one has left can be told and removed.
/// </summary>
internal sealed class RehearsalFolder : IDisposable
{
    private const string Prefix = ".rehearsal-";
    private const string Alive = "alive";

    private readonly MigrationRun _run;
    private readonly FileStream _alive;

    private RehearsalFolder(MigrationRun run, string path, FileStream alive) =>
        (_run, Path, _alive) = (run, path, alive);

    public string Path { get; }

    /// <summary>The bytes of all files in it.</summary>
    public long Bytes => new DirectoryInfo(Path).EnumerateFiles().Sum(file => file.Length);

    /// <exception cref="DirectoryNotFoundException">More is missing than the folder of the databases, which a run would create.</exception>
    public static RehearsalFolder Create(MigrationRun run)
    {
        var set = run.Set;
        var path = System.IO.Path.Combine(Beside(run), Prefix + run.Id);
        var source = set.Storages[0].File?.Path ?? "";
        DurableFile.CreateFolder(path, source);
        FileStream? alive = null;
        try
        {
            alive = Open(path, FileMode.CreateNew);
            SourceAccess.Give(alive.SafeFileHandle, source);
            alive.Write(FolderMarker.Of(FolderMarker.Rehearsal, set, path).Write());
            alive.Flush();
            return new RehearsalFolder(run, path, alive);
        }
        catch
        {
            // Nothing would say whose the folder is, and so no later run would remove it.
            alive?.Dispose();
            TryRemove(run, path);
            throw;
        }
    }

    /// <summary>Removes what rehearsals of these databases have left whose processes died.</summary>
    public static void RemoveDead(MigrationRun run)
    {
        var beside = Beside(run);
        // None where the folder is still to be created.
        if (!Directory.Exists(beside))
        {
            return;
        }
        try
        {
            foreach (var path in Directory.GetDirectories(beside, Prefix + "*").Where(path => IsDead(path, run.Set)))
            {
                TryRemove(run, path);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            run.CouldNotTidy(beside, failure);
        }
    }

    public void Dispose()
    {
        _alive.Dispose();
        TryRemove(_run, Path);
    }

    /// <summary>Copies that stay fail no run, and hide no error of a rehearsal; the next run tries again.</summary>
    private static void TryRemove(MigrationRun run, string path)
    {
        try
        {
            MarkedFolder.Remove(path, Alive);
        }
        catch (DirectoryNotFoundException)
        {
            // Another run has just taken it for what a killed one left.
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            run.CouldNotTidy(path, failure);
        }
    }

    /// <summary>The folder of the first database; the one above it, if only it is missing.</summary>
    private static string Beside(MigrationRun run)
    {
        var folder = run.Services.WorkFolder;
        return Directory.Exists(folder) || System.IO.Path.GetDirectoryName(folder) is not { } parent ? folder : parent;
    }

    private static bool IsDead(string path, MigrationSet set)
    {
        if (new DirectoryInfo(path).LinkTarget is not null)
        {
            return false;
        }
        try
        {
            // Not where there is no such file: then it is somebody else's folder, or one that is just being made.
            OwnFile.DemandRegular(System.IO.Path.Combine(path, Alive));
            using var alive = Open(path, FileMode.Open);
            return FolderMarker.Read(OwnFile.Read(alive.SafeFileHandle, path))?.IsOf(FolderMarker.Rehearsal, set, path)
                == true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // Its process lives and holds the file, or has just removed the folder; or it is another user's.
            return false;
        }
    }

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (mode == FileMode.CreateNew && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        return new FileStream(System.IO.Path.Combine(path, Alive), options);
    }
}
