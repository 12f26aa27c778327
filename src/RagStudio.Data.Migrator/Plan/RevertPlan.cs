using RagStudio.Data.Migrator.Migrations;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>The steps that revert the set to a version.</summary>
/// <param name="Version">The id of the version; <c>0</c> for none at all.</param>
/// <param name="Steps">The steps of each database.</param>
internal sealed record RevertPlan(string Version, IReadOnlyList<DatabasePlan> Steps)
{
    /// <summary>True if nothing newer than the version is applied.</summary>
    public bool IsEmpty => Steps.All(step => step.Versions.Count == 0);
}
