using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>Decides what a rollback to a version means for each database.</summary>
internal static class RevertRules
{
    /// <summary>The applied migrations that are newer than a version, the newest first.</summary>
    public static IReadOnlyList<string> ToRevert(MigrationComparison plan, string version) =>
        [.. plan.Applied.Where(id => MigrationIdComparer.Default.Compare(id, version) > 0).Reverse()];

    /// <summary>The newest applied migration that stays.</summary>
    public static MigrationTarget Target(MigrationComparison plan, string version) =>
        plan.Applied.Where(id => MigrationIdComparer.Default.Compare(id, version) <= 0).Max(MigrationIdComparer.Default)
            is { } stays
            ? MigrationTarget.BackTo(stays)
            : MigrationTarget.Zero;

    /// <summary>
    /// Finds applied migrations that block a rollback: they would have to be reverted too, but the program does not
    /// have them. Rows that the application declares as its own stay, as EF leaves them.
    /// </summary>
    public static IEnumerable<string> FindBlocking(
        MigrationComparison plan,
        string version,
        UnknownMigrationPolicy policy
    ) =>
        (policy == UnknownMigrationPolicy.Tolerate ? plan.Recorded : plan.Unknown).Where(id =>
            MigrationIdComparer.Default.Compare(id, version) > 0
        );

    /// <summary>EF would apply what is pending below its target: a rollback must never apply anything.</summary>
    /// <exception cref="PlanRefusedException">Something below the version is pending.</exception>
    public static void Check(MigrationComparison plan, string version)
    {
        var below = plan.Pending.Where(id => MigrationIdComparer.Default.Compare(id, version) <= 0).ToArray();
        if (below.Length > 0 && plan.CurrentVersion is not null)
        {
            throw new PlanRefusedException(
                plan.Database,
                below,
                $"The database '{plan.Database}' lacks {VersionList.Of(below)}, which a rollback to '{version}' would apply. Migrate first."
            );
        }
    }

    /// <summary>Refuses to revert an edited migration: its <c>Down</c> may not revert what was applied.</summary>
    /// <exception cref="MigrationDriftedException">A migration that is to be reverted was edited.</exception>
    public static void CheckUnedited(MigrationComparison plan, string version)
    {
        var edited = ToRevert(plan, version).Intersect(plan.Edited).ToArray();
        if (edited.Length > 0)
        {
            throw MigrationDriftedException.Backward(plan.Database, edited);
        }
    }
}
