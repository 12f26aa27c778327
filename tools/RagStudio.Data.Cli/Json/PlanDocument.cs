using System.Text.Json.Serialization;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>plan</c>.</summary>
internal sealed record PlanDocument(
    IReadOnlyList<PlannedDatabaseDocument> Databases,
    long DiskNeededBytes,
    string? Refusal
)
{
    /// <summary>The bytes that are rewritten or scanned while others wait; omitted if there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long BlockedBytes { get; init; }

    public static PlanDocument From(MigrationPlan plan) =>
        new([.. plan.Databases.Select(PlannedDatabaseDocument.From)], plan.DiskNeededBytes, plan.Refusal)
        {
            BlockedBytes = plan.BlockedBytes,
        };
}
