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
    public static RehearsalDocument? From(RehearsalReport? report) =>
        report is null
            ? null
            : new(report.Success, report.Error, report.Rows, report.PeakDiskBytes, report.Duration.TotalMilliseconds);
}
