using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>adopt</c>, including a refused one.</summary>
/// <param name="RunId">The run's id in the history; <see langword="null"/> if nothing was changed.</param>
/// <param name="Success">True if it is done, or would be.</param>
/// <param name="DryRun">True if nothing was to be changed.</param>
/// <param name="BackupId">The backup set made before.</param>
/// <param name="Databases">The databases, with what was found and recorded.</param>
/// <param name="TotalDurationMs">The duration of the call.</param>
/// <param name="Error">The reason to refuse it; <see langword="null"/> if there is none.</param>
internal sealed record AdoptDocument(
    string? RunId,
    bool Success,
    bool DryRun,
    string? BackupId,
    IReadOnlyList<AdoptedDatabaseDocument> Databases,
    double TotalDurationMs,
    string? Error
)
{
    public static AdoptDocument From(AdoptPlan plan) =>
        new(
            RunId: null,
            Success: plan.Refusal is null,
            DryRun: plan.IsChange,
            BackupId: null,
            [.. plan.Databases.Select(database => new AdoptedDatabaseDocument(database))],
            plan.Duration.TotalMilliseconds,
            plan.Refusal
        );

    public static AdoptDocument From(AdoptSummary summary) =>
        new(
            summary.RunId,
            Success: true,
            DryRun: false,
            summary.BackupId,
            [.. summary.Databases.Select(database => new AdoptedDatabaseDocument(database))],
            summary.TotalDuration.TotalMilliseconds,
            Error: null
        );
}
