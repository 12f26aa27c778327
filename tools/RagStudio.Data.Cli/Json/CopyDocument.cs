using System.Text.Json.Serialization;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>copy</c>, including refused and failed ones.</summary>
/// <param name="RunId">The run's id in both histories; <see langword="null"/> if nothing was copied.</param>
/// <param name="Success">True if everything is copied, or would be.</param>
/// <param name="Source">Where the rows come from.</param>
/// <param name="Target">Where they go.</param>
/// <param name="Tables">The tables, with the hash of their rows if they were copied.</param>
/// <param name="LeftBehind">The tables of the source that stay behind.</param>
/// <param name="Misfits">What the target cannot hold.</param>
/// <param name="TotalDurationMs">The duration of the call.</param>
/// <param name="Error">The error; <see langword="null"/> if there is none.</param>
internal sealed record CopyDocument(
    string? RunId,
    bool Success,
    string? Source,
    string? Target,
    IReadOnlyList<CopiedTable> Tables,
    IReadOnlyList<string> LeftBehind,
    IReadOnlyList<CopyMisfit> Misfits,
    double TotalDurationMs,
    string? Error
)
{
    /// <summary>True if the target was complete before, and only the mark was or is missing.</summary>
    public bool WasComplete { get; init; }

    /// <summary>True if nothing was to be changed; omitted otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DryRun { get; init; }

    public static CopyDocument From(CopySummary summary) =>
        new(
            summary.RunId,
            Success: true,
            summary.Source,
            summary.Target,
            summary.Tables,
            summary.LeftBehind,
            Misfits: [],
            summary.Duration.TotalMilliseconds,
            Error: null
        )
        {
            WasComplete = summary.WasComplete,
        };

    public static CopyDocument From(CopyPlan plan) =>
        new(
            RunId: null,
            Success: plan.Misfits.Count == 0,
            plan.Source,
            plan.Target,
            plan.Tables,
            plan.LeftBehind,
            plan.Misfits,
            plan.Duration.TotalMilliseconds,
            Error: null
        )
        {
            WasComplete = plan.IsComplete,
            DryRun = true,
        };

    public static CopyDocument Failed(Exception error, Failure failure) =>
        new(
            null,
            Success: false,
            null,
            null,
            [],
            [],
            (error as CopyRefusedException)?.Misfits ?? [],
            0,
            failure.Message
        );
}
