using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>How much free space a run needs, as far as that can be told.</summary>
/// <param name="Beside">Bytes beside those that the storages take already.</param>
/// <param name="Backup">Bytes for the backup set, which may be on another disk.</param>
internal readonly record struct SpaceNeed(long Beside, long Backup)
{
    /// <summary>What a migration without a rebuild writes is not known; this is what an index or a few columns take.</summary>
    private const long Margin = 1 << 20;

    /// <summary>Rebuilding a table that is nearly the whole database was measured to peak at three times its size.</summary>
    private const int RebuildFactor = 2;

    public long Total => Beside + Backup;

    public static SpaceNeed Compute(MigrationSet set, IReadOnlyList<DatabasePlan> steps, bool backsUp)
    {
        var changing = steps.Where(step => step.Versions.Count > 0).GroupBy(step => step.Database.Storage).ToArray();
        return changing.Length == 0
            ? default
            : new SpaceNeed(
                changing.Sum(storage => Compute(storage.Key.Bytes, () => storage.Any(Rebuilds))),
                backsUp ? set.Storages.Sum(storage => storage.Bytes) : 0
            );
    }

    /// <summary>
    /// What migrations need beside a storage. What they do is asked only where it makes a difference: those of a new database may still be being
    /// created.
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
