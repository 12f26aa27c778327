using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>split</c> and <c>join</c>, including refused and failed ones.</summary>
/// <param name="RunId">The run's id in the histories; <see langword="null"/> if nothing was moved.</param>
/// <param name="Success">True if the events are where they are wanted, or would be.</param>
/// <param name="DryRun">True if nothing was to be changed, although there is something to move.</param>
/// <param name="BackupId">The backup set made before.</param>
/// <param name="From">The file that they were in; <see langword="null"/> if there was nothing to move.</param>
/// <param name="To">The file that they are in.</param>
/// <param name="Tables">The tables, with the hash of their rows if they were moved.</param>
/// <param name="TotalDurationMs">The duration of the call.</param>
/// <param name="Error">The error; <see langword="null"/> if there is none.</param>
internal sealed record MoveDocument(
    string? RunId,
    bool Success,
    bool DryRun,
    string? BackupId,
    string? From,
    string? To,
    IReadOnlyList<RelocatedTable> Tables,
    double TotalDurationMs,
    string? Error
)
{
    public static MoveDocument Of(RelocationPlan? plan) =>
        new(
            RunId: null,
            Success: true,
            DryRun: plan is not null,
            BackupId: null,
            plan?.From,
            plan?.To,
            plan?.Tables ?? [],
            plan?.Duration.TotalMilliseconds ?? 0,
            Error: null
        );

    public static MoveDocument Of(RelocationSummary? summary) =>
        summary is null
            ? Of((RelocationPlan?)null)
            : new(
                summary.RunId,
                Success: true,
                DryRun: false,
                summary.BackupId,
                summary.From,
                summary.To,
                summary.Tables,
                summary.Duration.TotalMilliseconds,
                Error: null
            );

    public static MoveDocument Failed(Exception error, Failure failure) =>
        new(null, Success: false, DryRun: false, null, null, null, [], 0, failure.Message);
}
