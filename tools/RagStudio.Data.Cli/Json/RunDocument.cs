using System.Text.Json.Serialization;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>migrate</c> and <c>rollback</c>, including failed runs.</summary>
internal sealed record RunDocument(
    string? RunId,
    bool Success,
    string? BackupId,
    IReadOnlyList<MigratedDatabaseDocument> Databases,
    double TotalDurationMs,
    string? Error
)
{
    /// <summary>True if only a rehearsal was requested; omitted otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DryRun { get; init; }

    /// <summary>The result of the rehearsal; omitted if there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RehearsalDocument? Rehearsal { get; init; }

    /// <summary>Why there was no rehearsal although one was demanded; omitted otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NotRehearsed { get; init; }

    /// <summary>For how long the run was expected to hold its table locks; omitted if that was unknown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? LockEstimateMs { get; init; }

    /// <summary>For how long the run held its table locks; omitted if it held none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? LocksHeldMs { get; init; }

    /// <summary>The plan of a dry run without a rehearsal; omitted otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PlanDocument? Plan { get; init; }

    /// <summary>The findings of the checks after the run; omitted if there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReportDocument>? Reports { get; init; }

    /// <summary>What may still become of a commit that has succeeded; omitted if nothing is known to be missing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? CommitWarnings { get; init; }

    /// <summary>The ids of the backup sets removed because of the new one; omitted if there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? PrunedBackups { get; init; }

    /// <summary>What the migrations have dropped and brought back, on a server; omitted if there is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DroppedData>? DroppedData { get; init; }

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
            NotRehearsed = summary.NotRehearsed,
            LockEstimateMs = summary.LockEstimate?.Total.TotalMilliseconds,
            LocksHeldMs = summary.LocksHeld?.TotalMilliseconds,
            Plan = summary.Plan is { } plan ? PlanDocument.From(plan) : null,
            Reports = ReportsOf(summary.Reports),
            CommitWarnings = OrNone(summary.CommitWarnings),
            PrunedBackups = OrNone(summary.PrunedBackups),
            DroppedData = OrNone(summary.DroppedData),
        };

    public static RunDocument From(RollbackSummary summary, RollbackPlan? plan) =>
        new(
            summary.RunId,
            summary.Success,
            summary.BackupId,
            [.. summary.Databases.Select(database => MigratedDatabaseDocument.From(database, plan))],
            summary.TotalDuration.TotalMilliseconds,
            Error: null
        )
        {
            CommitWarnings = OrNone(summary.CommitWarnings),
            PrunedBackups = OrNone(summary.PrunedBackups),
            DroppedData = OrNone(summary.DroppedData),
        };

    /// <summary>Returns null for an empty list, which is omitted.</summary>
    public static IReadOnlyList<T>? OrNone<T>(IReadOnlyList<T> values) => values.Count > 0 ? values : null;

    /// <summary>Reports a failure, including what the run had done, if there was one.</summary>
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

    private static IReadOnlyList<ReportDocument>? ReportsOf(IReadOnlyList<ValidationReport> reports) =>
        reports.Any(report => report.ErrorCount > 0 || report.Warnings.Any(ValidateView.ConcernsARun))
            ? [.. reports.Select(ReportDocument.From)]
            : null;

    private static IReadOnlyList<MigratedDatabaseDocument> TriedIn(Exception error) =>
        [.. ((error as RehearsalFailedException)?.Report.Databases ?? []).Select(MigratedDatabaseDocument.From)];
}
