using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of a pending migration.</summary>
internal sealed record PlannedMigrationDocument(
    string Version,
    string Name,
    MigrationKind Kind,
    bool RebuildsTable,
    bool Destructive,
    double TimeLimitSeconds,
    string Sql,
    IReadOnlyList<PlanFindingDocument> Findings,
    string? Consent
)
{
    public static PlannedMigrationDocument From(PlannedMigration migration) =>
        new(
            migration.Version,
            migration.Name,
            migration.Kind,
            migration.RebuildsTable,
            migration.Destructive,
            migration.TimeLimit.TotalSeconds,
            migration.Sql,
            [.. migration.Findings.Select(PlanFindingDocument.From)],
            migration.ConsentReason ?? migration.DestructiveReason
        );
}
