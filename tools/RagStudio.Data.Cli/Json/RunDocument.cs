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
    /// <summary>Whether nothing but a rehearsal was asked for.</summary>
    public bool DryRun { get; init; }

    /// <summary>What the rehearsal showed; <see langword="null"/> where there was none.</summary>
    public RehearsalDocument? Rehearsal { get; init; }

    /// <summary>What the checks after the run found; empty where nothing was run.</summary>
    public IReadOnlyList<ReportDocument> Reports { get; init; } = [];

    public static RunDocument From(MigrationSummary summary) =>
        new(
            summary.RunId,
            summary.Success,
            summary.BackupId,
            [.. summary.Databases.Select(MigratedDatabaseDocument.From)],
            summary.TotalDuration.TotalMilliseconds,
            summary.Error
        )
        {
            Rehearsal = RehearsalDocument.From(summary.Rehearsal),
            Reports = [.. summary.Reports.Select(ReportDocument.From)],
        };

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
            : new(null, false, null, TriedIn(error), 0, failure.Message)
            {
                Rehearsal = RehearsalDocument.From((error as RehearsalFailedException)?.Report),
            };

    private static IReadOnlyList<MigratedDatabaseDocument> TriedIn(Exception error) =>
        [.. ((error as RehearsalFailedException)?.Report.Databases ?? []).Select(MigratedDatabaseDocument.From)];
}
