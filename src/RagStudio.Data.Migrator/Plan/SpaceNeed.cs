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
        var sizes = new Dictionary<IDatabaseStorage, long>();
        foreach (var storage in set.Storages)
        {
            sizes[storage] = await storage.ReadSizeAsync(cancellationToken).ConfigureAwait(false);
        }
        var changing = steps.Where(step => step.Versions.Count > 0).GroupBy(step => step.Database.Storage).ToArray();
        return changing.Length == 0
            ? default
            : new SpaceNeed(
                changing.Sum(storage => Compute(sizes[storage.Key], () => storage.Any(Rebuilds))),
                backsUp ? sizes.Values.Sum() : 0
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
