using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>Resolves the version that a run migrates up to.</summary>
internal static class ForwardTarget
{
    /// <returns>
    /// The id that the run was asked to migrate up to; <see langword="null"/> for all pending migrations.
    /// </returns>
    /// <exception cref="InvalidVersionException">No migration matches, or several do.</exception>
    /// <exception cref="PlanRefusedException">A database has newer migrations applied.</exception>
    public static string? Resolve(MigrationRun run, IEnumerable<MigrationComparison> plans)
    {
        if (run.UpTo is not { } version)
        {
            return null;
        }
        var resolved = run.Set.ResolveVersion(version);
        foreach (var plan in plans)
        {
            Check(plan, resolved);
        }
        return resolved;
    }

    private static void Check(MigrationComparison plan, string version)
    {
        var newer = RevertRules.ToRevert(plan, version);
        if (newer.Count > 0)
        {
            throw new PlanRefusedException(
                plan.Database,
                newer,
                $"The database '{plan.Database}' is at '{plan.CurrentVersion}', which is newer than '{version}'. Roll back to that version instead."
            );
        }
    }
}
