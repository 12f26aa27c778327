namespace RagStudio.Data.Migrator.Run;

/// <summary>What a start found and did about a run that had died.</summary>
/// <param name="Action">What was done.</param>
/// <param name="DeadRunId">The run that had died.</param>
/// <param name="Restored">The set that was restored, whose content the storages have now.</param>
/// <param name="AsideId">The set that keeps what was replaced.</param>
internal sealed record Recovery(RecoveryAction Action, string? DeadRunId, BackupSet? Restored, string? AsideId)
{
    public static Recovery None { get; } = new(RecoveryAction.Nothing, null, null, null);
}
