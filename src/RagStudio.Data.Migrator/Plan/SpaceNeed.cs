using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>An estimate of the free space that a run needs.</summary>
/// <param name="Beside">Bytes in addition to those that the storages already use.</param>
/// <param name="Backup">Bytes for the backup set, which may be on another disk.</param>
internal readonly record struct SpaceNeed(long Beside, long Backup)
{
    /// <summary>
    /// The size of a migration's output without a rebuild is unknown; this is enough for an index or a few
    /// columns.
    /// </summary>
    private const long Margin = 1 << 20;

    /// <summary>
    /// Rebuilding a table that makes up nearly the whole database peaked at three times its size when
    /// measured.
    /// </summary>
    private const int RebuildFactor = 2;

    public long Total => Beside + Backup;

    public static async Task<SpaceNeed> ComputeAsync(
        MigrationSet set,
        IReadOnlyList<DatabasePlan> steps,
        bool backsUp,
        CancellationToken cancellationToken
    )
    {
        var isCopied = backsUp && set.Storages.All(one => one is { CannotBackUp: null, Undo: UndoMethod.Restore });
        var sizes = new Dictionary<IDatabaseStorage, long>();
        foreach (var storage in set.Storages.Where(storage => isCopied || storage.File is not null))
        {
            sizes[storage] = await storage.ReadSizeAsync(cancellationToken).ConfigureAwait(false);
        }
        // A storage that is not a file may be on a disk that does not belong to this machine.
        var files = steps
            .Where(step => step.Versions.Count > 0 && step.Database.Storage.File is not null)
            .GroupBy(step => step.Database.Storage);
        return steps.All(step => step.Versions.Count == 0)
            ? default
            : new SpaceNeed(
                files.Sum(storage => Compute(sizes[storage.Key], () => storage.Any(Rebuilds))),
                isCopied ? sizes.Values.Sum() : 0
            );
    }

    /// <summary>
    /// Computes what migrations need in addition to a storage. Their operations are inspected only if that
    /// makes a difference: those of a new database may still be being created.
    /// </summary>
    public static long Compute(long storageBytes, Func<bool> rebuilds)
    {
        var (without, withRebuild) = (storageBytes / 10 + Margin, RebuildFactor * storageBytes);
        return withRebuild > without && rebuilds() ? withRebuild : without;
    }

    private static bool Rebuilds(DatabasePlan step) =>
        step
            .Versions.Select(version => ProgramMigrations.For(step.Database)[version].OperationsOf(step.IsReverting))
            .Any(operations => step.Database.Dialect.FindRebuilds(operations).Count > 0);
}
