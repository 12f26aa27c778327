using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>migrate</c>, of a run that failed too.</summary>
internal sealed record MigrateDocument(
    string? RunId,
    bool Success,
    string? BackupId,
    IReadOnlyList<MigratedDatabaseDocument> Databases,
    double TotalDurationMs,
    string? Error
)
{
    public static MigrateDocument From(MigrationSummary summary) =>
        new(
            summary.RunId,
            summary.Success,
            summary.BackupId,
            [.. summary.Databases.Select(MigratedDatabaseDocument.From)],
            summary.TotalDuration.TotalMilliseconds,
            summary.Error
        );

    /// <summary>Reports a failure: with what the run had done, where there was one.</summary>
    public static MigrateDocument Failed(Exception error, Failure failure) =>
        error is MigrationException { Summary: { } summary }
            ? From(summary) with
            {
                Success = false,
                Error = failure.Message,
            }
            : new(null, false, null, [], 0, failure.Message);
}
