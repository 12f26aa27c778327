using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>One migration that a run tried, within the JSON of <c>migrate</c> and <c>rollback</c>.</summary>
internal sealed record AppliedMigrationDocument(
    string Version,
    string Name,
    MigrationKind Kind,
    double DurationMs,
    bool Success,
    string? Error
)
{
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
