namespace RagStudio.Data.Migrator.Run;

/// <summary>What a start found and did about a killed run.</summary>
/// <param name="Action">The action taken.</param>
/// <param name="DeadRunId">The killed run.</param>
/// <param name="Restored">The restored set, which equals the present content of the storages.</param>
/// <param name="AsideId">The set with the replaced content.</param>
internal sealed record Recovery(RecoveryAction Action, string? DeadRunId, BackupSet? Restored, string? AsideId)
{
    public static Recovery None { get; } = new(RecoveryAction.Nothing, null, null, null);
}
