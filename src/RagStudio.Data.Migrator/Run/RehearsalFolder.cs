using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// A folder beside the first database with the copies of a rehearsal. A file in it identifies the databases,
/// and is kept open as long as its process lives, so the rest of a killed rehearsal can be recognized and
/// removed.
/// </summary>
internal sealed class RehearsalFolder(MigrationRun run, string path, FileStream alive) : IScratch
{
    private const string Prefix = ".rehearsal-";
    private const string Alive = "alive";

    /// <summary>The total size of its files in bytes.</summary>
    public long Bytes => new DirectoryInfo(path).EnumerateFiles().Sum(file => file.Length);

    /// <exception cref="DirectoryNotFoundException">
    /// Not only the databases' folder is missing, which a run would create, but also its parent.
    /// </exception>
    public static RehearsalFolder Create(MigrationRun run)
    {
        var set = run.Set;
        var path = Path.Combine(Beside(run), Prefix + run.Id);
        var source = set.Storages[0].File!.Path;
        DurableFile.CreateFolder(path, source);
        FileStream? alive = null;
        try
        {
            var file = Path.Combine(path, Alive);
            alive = DurableFile.Create(file, source, FileAccess.ReadWrite, FileShare.None);
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
        if (run.Set.Folder is null)
        {
            // An IScratchStore removes its own.
            return;
        }
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

    public ValueTask<IDatabaseStorage> ReserveAsync(
        IDatabaseStorage original,
        string name,
        string? target,
        CancellationToken cancellationToken
    ) =>
        target is null
            ? ValueTask.FromResult(original.At(Path.Combine(path, name + original.CopyExtension)))
            : throw new NoScratchException("a database in a file is rehearsed on a copy of its own.")
            {
                IsRefusal = true,
            };

    public ValueTask DisposeAsync()
    {
        alive.Dispose();
        TryRemove(run, path);
        return ValueTask.CompletedTask;
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
        var folder = run.Set.Folder!;
        return Directory.Exists(folder) || Path.GetDirectoryName(folder) is not { } parent ? folder : parent;
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
            var file = Path.Combine(path, Alive);
            OwnFile.DemandRegular(file);
            using var alive = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
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
}
