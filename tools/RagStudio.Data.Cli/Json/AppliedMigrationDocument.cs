using System.Text.Json.Serialization;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of a migration that a run attempted, within that of <c>migrate</c> and <c>rollback</c>.</summary>
internal sealed record AppliedMigrationDocument(
    string Version,
    string Name,
    MigrationKind Kind,
    double DurationMs,
    bool Success,
    string? Error
)
{
    /// <summary>The findings before the run, as in the JSON of <c>plan</c>; omitted if it was not planned.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PlanFindingDocument>? Findings { get; init; }

    public static AppliedMigrationDocument From(AppliedMigration migration, PlannedMigration? planned) =>
        From(migration) with
        {
            Findings = planned is null ? null : [.. planned.Findings.Select(PlanFindingDocument.From)],
        };

    public static AppliedMigrationDocument From(AppliedMigration migration) =>
        new(
            migration.Version,
            migration.Name,
            migration.Kind,
            migration.Duration.TotalMilliseconds,
            migration.Success,
            migration.Error
        );
}
