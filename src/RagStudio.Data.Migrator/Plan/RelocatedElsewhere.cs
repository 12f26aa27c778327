using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>
/// Recognizes a database that was moved to another storage after this program had found out where it is. A run would create
/// it a second time, empty.
/// </summary>
internal static class RelocatedElsewhere
{
    /// <returns>The refusal; <see langword="null"/> if every database is where the program has it.</returns>
    public static async Task<PlanRefusedException?> FindAsync(
        LockedSet locked,
        IReadOnlyList<MigrationComparison> plans
    )
    {
        foreach (
            var (database, plan) in locked
                .Run.Set.Databases.Zip(plans)
                .Where(pair => pair.Second.CurrentVersion is null)
        )
        {
            foreach (var (storage, session) in locked.All)
            {
                var newest = await ReadNewestAsync(session, database).ConfigureAwait(false);
                var contradiction = storage.Equals(database.Storage)
                    ? MigrationEvent.RelocatedAway
                    : MigrationEvent.Relocated;
                if (newest?.Event == contradiction)
                {
                    return new PlanRefusedException(
                        plan.Database,
                        plan.Pending,
                        $"'{plan.Database}' is not in '{database.Storage.DisplayName}' any more. {newest.Detail} Start the program again."
                    );
                }
            }
        }
        return null;
    }

    private static async Task<MigrationRecord?> ReadNewestAsync(IStorageSession session, IMigrationDatabase database) =>
        session is { Existed: true, Relocation: { } relocation }
        && await relocation.ReadLinesAsync(database).ConfigureAwait(false) is [var newest, ..]
            ? newest
            : null;
}
