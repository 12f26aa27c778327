using System.Text.Json.Serialization;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of a rehearsal.</summary>
internal sealed record RehearsalDocument(
    bool Success,
    string? Error,
    IReadOnlyList<RowDifference> Rows,
    long PeakDiskBytes,
    double DurationMs
)
{
    /// <summary>The rows that were copied; omitted if all were.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RehearsalSample? Sample { get; init; }

    /// <summary>The databases that took the place of copies, and are migrated if it succeeded; omitted if there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Targets { get; init; }

    /// <summary>For how long the run is expected to hold its table locks; omitted if it holds none, or if that is unknown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? LockEstimateMs { get; init; }

    public static RehearsalDocument? From(RehearsalReport? report) =>
        report is null
            ? null
            : new(report.Success, report.Error, report.Rows, report.PeakDiskBytes, report.Duration.TotalMilliseconds)
            {
                Sample = report.Sample,
                Targets = RunDocument.OrNone(report.Targets),
                LockEstimateMs = report.LockEstimate?.Total.TotalMilliseconds,
            };
}
