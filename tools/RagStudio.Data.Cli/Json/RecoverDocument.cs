using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>recover</c>.</summary>
internal sealed record RecoverDocument(
    string RunId,
    string? InterruptedRunId,
    bool Restored,
    string? BackupId,
    string? AsideBackupId
)
{
    public static RecoverDocument From(RecoverySummary summary) =>
        new(summary.RunId, summary.InterruptedRunId, summary.Restored, summary.BackupId, summary.AsideBackupId);
}
