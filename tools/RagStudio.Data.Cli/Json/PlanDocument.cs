using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>plan</c>.</summary>
internal sealed record PlanDocument(
    IReadOnlyList<PlannedDatabaseDocument> Databases,
    long DiskNeededBytes,
    string? Refusal
)
{
    public static PlanDocument From(MigrationPlan plan) =>
        new([.. plan.Databases.Select(PlannedDatabaseDocument.From)], plan.DiskNeededBytes, plan.Refusal);
}
