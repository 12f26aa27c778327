using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Shows the result of <c>recover</c>.</summary>
internal static class RecoverView
{
    public static void Show(IDisplay display, RecoverySummary summary)
    {
        display.Line(Describe(summary), Tone.Good);
        if (summary.AsideBackupId is not null)
        {
            display.Line($"The state it left is in the backup {summary.AsideBackupId}.");
        }
    }

    private static string Describe(RecoverySummary summary) =>
        summary switch
        {
            { InterruptedRunId: null, Settled: true } =>
                "A run was interrupted; what it had left in the databases is completed or undone.",
            { InterruptedRunId: null } => "Nothing to recover: no run was interrupted.",
            { Restored: false } =>
                $"The run {summary.InterruptedRunId} was interrupted after its work was complete; its end is now recorded.",
            { BackupId: null } =>
                $"The run {summary.InterruptedRunId} was interrupted. The databases are empty, as they were before it.",
            _ =>
                $"The run {summary.InterruptedRunId} was interrupted. The databases are as they were before it, restored from the backup {summary.BackupId}.",
        };
}
