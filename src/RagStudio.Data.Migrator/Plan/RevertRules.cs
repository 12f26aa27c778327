using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>Decides what a revert to a version means for each database.</summary>
internal static class RevertRules
{
    /// <summary>The applied migrations that are newer than a version, newest first.</summary>
    public static IReadOnlyList<string> ToRevert(MigrationComparison plan, string version) =>
        [.. plan.Applied.Where(id => MigrationIdComparer.Default.Compare(id, version) > 0).Reverse()];

    /// <summary>The newest applied migration that remains.</summary>
    public static MigrationTarget Target(MigrationComparison plan, string version) =>
        plan.Applied.Where(id => MigrationIdComparer.Default.Compare(id, version) <= 0).Max(MigrationIdComparer.Default)
            is { } stays
            ? MigrationTarget.BackTo(stays)
            : MigrationTarget.Zero;

    /// <summary>
    /// Finds applied migrations that block a revert: they would have to be reverted too, but the program does
    /// not contain them. Rows that the application declares as its own stay, as in EF.
    /// </summary>
    public static IEnumerable<string> FindBlocking(
        MigrationComparison plan,
        string version,
        UnknownMigrationPolicy policy
    ) =>
        (policy == UnknownMigrationPolicy.Tolerate ? plan.Recorded : plan.Unknown).Where(id =>
            MigrationIdComparer.Default.Compare(id, version) > 0
        );

    /// <summary>
    /// Throws if anything is pending below the target, which EF would apply: a revert must never apply
    /// anything.
    /// </summary>
    /// <exception cref="PlanRefusedException">A migration below the version is pending.</exception>
    public static void Check(MigrationComparison plan, string version)
    {
        var below = plan.Pending.Where(id => MigrationIdComparer.Default.Compare(id, version) <= 0).ToArray();
        if (below.Length > 0 && plan.CurrentVersion is not null)
        {
            throw new PlanRefusedException(
                plan.Database,
                below,
                $"The database '{plan.Database}' lacks {VersionList.Format(below)}, which a rollback to '{version}' would apply. Migrate first."
            );
        }
    }

    /// <summary>Refuses to revert an edited migration: its <c>Down</c> may not match what was applied.</summary>
    /// <exception cref="MigrationDriftedException">A migration to be reverted was edited.</exception>
    public static void CheckUnedited(MigrationComparison plan, string version)
    {
        var edited = ToRevert(plan, version).Intersect(plan.Edited).ToArray();
        if (edited.Length > 0)
        {
            throw MigrationDriftedException.Backward(plan.Database, edited);
        }
    }
}
