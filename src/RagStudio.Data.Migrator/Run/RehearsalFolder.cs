using RagStudio.Data.Migrator.Files;

namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// A folder beside the first database with the copies of a rehearsal. A file in it identifies the databases,
/// and is kept open as long as its process lives, so the rest of a killed rehearsal can be recognized and
/// removed.
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

    /// <summary>The total size of its files in bytes.</summary>
    public long Bytes => new DirectoryInfo(Path).EnumerateFiles().Sum(file => file.Length);

    /// <exception cref="DirectoryNotFoundException">
    /// Not only the databases' folder is missing, which a run would create, but also its parent.
    /// </exception>
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
            alive.Write(FolderMarker.Create(FolderMarker.Rehearsal, set, path).Write());
            alive.Flush();
            return new RehearsalFolder(run, path, alive);
        }
        catch
        {
            // Nothing would identify the folder, so no later run would remove it.
            alive?.Dispose();
            TryRemove(run, path);
            throw;
        }
    }

    /// <summary>Removes what killed rehearsals of these databases have left.</summary>
    public static void RemoveDead(MigrationRun run)
    {
        var beside = Beside(run);
        // There are none if the folder does not exist yet.
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

    /// <summary>
    /// Copies that remain neither fail a run nor hide an error of a rehearsal; the next run tries again.
    /// </summary>
    private static void TryRemove(MigrationRun run, string path)
    {
        try
        {
            MarkedFolder.Remove(path, Alive);
        }
        catch (DirectoryNotFoundException)
        {
            // Another run has just removed it as the rest of a killed one.
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            run.CouldNotTidy(path, failure);
        }
    }

    /// <summary>The folder of the first database, or its parent if the folder is missing.</summary>
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
            // Without such a file it is someone else's folder, or one that is just being created.
            OwnFile.DemandRegular(System.IO.Path.Combine(path, Alive));
            using var alive = Open(path, FileMode.Open);
            return FolderMarker.Read(OwnFile.Read(alive.SafeFileHandle, path))?.IsOf(FolderMarker.Rehearsal, set, path)
                == true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // Its process is running and holds the file, or has just removed the folder; or the file belongs
            // to another user.
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
