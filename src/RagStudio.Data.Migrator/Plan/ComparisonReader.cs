using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>Reads what is applied in every database of a set, and compares it with the program.</summary>
internal static class ComparisonReader
{
    /// <param name="set">The set.</param>
    /// <param name="readerOf">Finds the reader of a storage; <see langword="null"/> if the storage does not exist.</param>
    /// <param name="report">Reports how many checksums are compared.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What is applied, pending and unknown in every database, in the order of the set.</returns>
    public static async Task<IReadOnlyList<MigrationComparison>> ReadAsync(
        MigrationSet set,
        Func<IDatabaseStorage, IStorageReader?> readerOf,
        Action<MigrationProgress>? report,
        CancellationToken cancellationToken
    )
    {
        var plans = new List<MigrationComparison>();
        foreach (var database in set.Databases)
        {
            var state = readerOf(database.Storage) is { } reader
                ? await reader.ReadAsync(database, cancellationToken).ConfigureAwait(false)
                : DatabaseState.Empty;
            plans.Add(MigrationPlanner.Compare(database, state, Report));

            void Report(long done, long total) =>
                report?.Invoke(ReplayProgress.Checksums(MigrationPhase.Plan, database.Name, done, total));
        }
        return plans;
    }
}
