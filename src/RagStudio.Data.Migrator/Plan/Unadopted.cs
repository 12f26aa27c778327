using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>
/// Refuses to run the first migration of a program on a database that has its tables already. Other tables, of other
/// contexts or programs, do not matter.
/// </summary>
internal static class Unadopted
{
    /// <param name="set">The set.</param>
    /// <param name="plans">What is applied in every database of it.</param>
    /// <param name="planned">The findings in the pending migrations.</param>
    /// <returns>The reason why the plan must not run; <see langword="null"/> if nothing is in its way.</returns>
    public static PlanRefusedException? Refusal(
        MigrationSet set,
        IReadOnlyList<MigrationComparison> plans,
        IEnumerable<PlannedDatabase> planned
    )
    {
        foreach (var database in planned)
        {
            if (
                plans.First(plan => plan.Database == database.Name) is { Applied.Count: 0, Pending: [var first, ..] }
                && database.Migrations is [{ Taken: { Count: > 0 } taken } next, ..]
                && next.Version == first
                // It may make room for the migration.
                && set.CodeFor(database.Name, first, CodeMoment.Before).Count == 0
            )
            {
                return new PlanRefusedException(
                    database.Name,
                    [first],
                    $"The database '{database.Name}' already has {VersionList.Format(taken)}, which {first} would create, and no migration in its history. "
                        + "If these are the program's tables, 'ragstudio-db adopt' or AdoptAsync records which version they are; 'ragstudio-db adopt --dry-run' shows it. If they are another program's, use another file or schema."
                );
            }
        }
        return null;
    }
}
