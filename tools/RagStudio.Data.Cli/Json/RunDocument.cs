using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>migrate</c> and <c>rollback</c>, of a run that failed too.</summary>
internal sealed record RunDocument(
    string? RunId,
    bool Success,
    string? BackupId,
    IReadOnlyList<MigratedDatabaseDocument> Databases,
    double TotalDurationMs,
    string? Error
)
{
    public static RunDocument From(MigrationSummary summary) =>
        new(
            summary.RunId,
            summary.Success,
            summary.BackupId,
            [.. summary.Databases.Select(MigratedDatabaseDocument.From)],
            summary.TotalDuration.TotalMilliseconds,
            summary.Error
        );

    public static RunDocument From(RollbackSummary summary) =>
        new(
            summary.RunId,
            summary.Success,
            summary.BackupId,
            [.. summary.Databases.Select(MigratedDatabaseDocument.From)],
            summary.TotalDuration.TotalMilliseconds,
            Error: null
        );

    /// <summary>Reports a failure: with what the run had done, where there was one.</summary>
    public static RunDocument Failed(Exception error, Failure failure) =>
        error is MigrationException { Summary: { } summary }
            ? From(summary) with
            {
                Success = false,
                Error = failure.Message,
            }
            : new(null, false, null, [], 0, failure.Message);
}
