using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>restore</c>.</summary>
internal sealed record RestoreDocument(string RunId, string BackupId, string? SafetyBackupId, double TotalDurationMs)
{
    public static RestoreDocument From(RestoreSummary summary) =>
        new(summary.RunId, summary.BackupId, summary.SafetyBackupId, summary.TotalDuration.TotalMilliseconds);
}
