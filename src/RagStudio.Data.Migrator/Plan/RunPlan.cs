using RagStudio.Data.Migrator.Migrations;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>What a run forward is going to do, allowed and looked at under the lock.</summary>
/// <param name="Steps">The steps of each database.</param>
/// <param name="Databases">What was found in those of databases that are there already; without SQL.</param>
internal sealed record RunPlan(IReadOnlyList<DatabasePlan> Steps, IReadOnlyList<PlannedDatabase> Databases)
{
    /// <summary>True if nothing is pending.</summary>
    public bool IsEmpty => Steps.All(step => step.Versions.Count == 0);

    public bool DemandsRehearsal(RehearsalPolicy policy) =>
        policy == RehearsalPolicy.Always || policy == RehearsalPolicy.WhenDestructive && MayDestroy;

    /// <summary>
    /// Whether a migration destroys something that is there now, with or without having said so, or the plan alone cannot tell whether it does.
    /// </summary>
    private bool MayDestroy => Databases.Any(database => database.Migrations.Any(m => m.Destructive || m.IsUncertain));
}
