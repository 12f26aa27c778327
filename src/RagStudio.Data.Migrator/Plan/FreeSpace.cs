using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>Refuses a run that would fill the disk, before anything changes.</summary>
internal static class FreeSpace
{
    /// <exception cref="PlanRefusedException">There is not enough space.</exception>
    public static Task CheckAsync(
        LockedSet locked,
        IReadOnlyList<DatabasePlan> steps,
        CancellationToken cancellationToken
    )
    {
        var run = locked.Run;
        var backsUp = locked.HasJournal && run.Recovery.Restored is null;
        return CheckAsync(run, steps, backsUp ? run.Backups.Folder : null, cancellationToken);
    }

    /// <param name="run">The run.</param>
    /// <param name="steps">What it will do.</param>
    /// <param name="backupFolder">The folder of copies made before; <see langword="null"/> if there are none.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="PlanRefusedException">There is not enough space.</exception>
    public static async Task CheckAsync(
        MigrationRun run,
        IReadOnlyList<DatabasePlan> steps,
        string? backupFolder,
        CancellationToken cancellationToken
    )
    {
        var need = await SpaceNeed
            .ComputeAsync(run.Set, steps, backsUp: backupFolder is not null, cancellationToken)
            .ConfigureAwait(false);
        if (Refusal(run.Set, steps, need, backupFolder) is { } refusal)
        {
            throw refusal;
        }
    }

    /// <returns>The reason why the run must not begin; <see langword="null"/> if there is enough space.</returns>
    public static PlanRefusedException? Refusal(
        MigrationSet set,
        IReadOnlyList<DatabasePlan> steps,
        SpaceNeed need,
        string? backupFolder
    )
    {
        var there = backupFolder is null ? null : Volume(backupFolder);
        // A storage that is not a file may be on a disk that does not belong to this machine.
        var here = set.Folder is { } folder ? Volume(folder) : null;
        return here == there
            ? Demand(steps, here, need.Total)
            : Demand(steps, here, need.Beside) ?? Demand(steps, there, need.Backup);
    }

    private static PlanRefusedException? Demand(
        IReadOnlyList<DatabasePlan> steps,
        (string Folder, long Free)? volume,
        long bytes
    ) =>
        volume is { } known && known.Free < bytes
            ? new PlanRefusedException(
                (steps.FirstOrDefault(step => step.Versions.Count > 0) ?? steps[0]).Database.Name,
                [.. steps.SelectMany(step => step.Versions)],
                $"The run needs about {Megabytes(bytes)} MB of free space on the disk of '{known.Folder}', which has {Megabytes(known.Free)} MB. "
                    + "Free some space, or put the backups on another disk."
            )
            : null;

    /// <summary>
    /// The mount point and free space of a folder or its nearest existing parent; <see langword="null"/> if
    /// the system does not report them.
    /// </summary>
    private static (string Folder, long Free)? Volume(string folder)
    {
        var existing = folder;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            existing = parent;
        }
        try
        {
            var drive = new DriveInfo(Path.GetFullPath(existing));
            return (MountOf(drive), drive.AvailableFreeSpace);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The longest of the system's mount points that contain the folder.</summary>
    private static string MountOf(DriveInfo drive) =>
        DriveInfo
            .GetDrives()
            .Select(other => other.Name)
            .Where(name => IsIn(drive.Name, name))
            .MaxBy(name => name.Length)
        ?? drive.Name;

    private static bool IsIn(string folder, string mount) =>
        folder == mount
        || folder.StartsWith(
            mount.EndsWith(Path.DirectorySeparatorChar) ? mount : mount + Path.DirectorySeparatorChar,
            StringComparison.Ordinal
        );

    private static long Megabytes(long bytes) => (bytes + 999_999) / 1_000_000;
}
