using RagStudio.Data.Migrator.Migrations;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>The plan of a run that applies migrations, approved and inspected under the lock.</summary>
/// <param name="Steps">The steps of each database.</param>
/// <param name="Databases">The findings in databases that exist already, without SQL.</param>
internal sealed record RunPlan(IReadOnlyList<DatabasePlan> Steps, IReadOnlyList<PlannedDatabase> Databases)
{
    /// <summary>True if nothing is pending.</summary>
    public bool IsEmpty => Steps.All(step => step.Versions.Count == 0);

    public bool DemandsRehearsal(RehearsalPolicy policy) =>
        policy == RehearsalPolicy.Always || policy == RehearsalPolicy.WhenDestructive && MayDestroy;

    /// <summary>True if a migration destroys existing data, declared or not, or if the plan cannot tell.</summary>
    private bool MayDestroy => Databases.Any(database => database.Migrations.Any(m => m.Destructive || m.IsUncertain));
}
