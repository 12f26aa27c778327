using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>
/// Refuses to run a program's next migration on a database that has what it creates already, if that is the program's first one, or
/// if values would be lost: a rebuild copies no column that its migration adds. Every other such migration fails in the
/// engine and changes nothing. Other tables, of other contexts or programs, do not matter.
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
    ) => planned.Select(database => Refusal(set, plans, database)).FirstOrDefault(refusal => refusal is not null);

    private static PlanRefusedException? Refusal(
        MigrationSet set,
        IReadOnlyList<MigrationComparison> plans,
        PlannedDatabase database
    )
    {
        var plan = plans.First(plan => plan.Database == database.Name);
        if (
            plan.Pending is not [var first, ..]
            // Only what nothing precedes is certain.
            || database.Migrations is not [var next, ..]
            || next.Version != first
            // It may make room for the migration.
            || set.CodeFor(database.Name, first, CodeMoment.Before).Count > 0
        )
        {
            return null;
        }
        string[] present =
        [
            .. next
                .Taken.Where(taken => plan.Applied.Count == 0 || (taken.Column is not null && next.RebuildsTable))
                .Select(taken => taken.Column is null ? taken.Table : $"{taken.Table}.{taken.Column}"),
        ];
        return present.Length == 0 ? null : Refused(plan, first, present);
    }

    private static PlanRefusedException Refused(MigrationComparison plan, string first, string[] present)
    {
        var (history, others) =
            plan.Applied.Count == 0
                ? ("there is no migration in its history", "If they are another program's, use another file or schema.")
                : ("its history does not have that migration", "If they were made by hand, rename or drop them.");
        return new PlanRefusedException(
            plan.Database,
            [first],
            $"The database '{plan.Database}' already has {VersionList.Format(present)}, which {first} would create, but {history}. "
                + "If these are the program's, 'ragstudio-db adopt' or AdoptAsync records which version the database is; 'ragstudio-db adopt --dry-run' shows it. "
                + others
        );
    }
}
