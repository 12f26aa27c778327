namespace RagStudio.Data.Migrator;

/// <summary>What a recovery found and did.</summary>
/// <param name="RunId">The run that recovered.</param>
/// <param name="InterruptedRunId">The run that had died; <see langword="null"/> where there was none.</param>
/// <param name="Restored">Whether the databases were put back as they were before that run.</param>
/// <param name="BackupId">The set that was restored; <see langword="null"/> where there was nothing to restore from or no need to.</param>
/// <param name="AsideBackupId">The set that keeps what was replaced.</param>
public sealed record RecoverySummary(
    string RunId,
    string? InterruptedRunId,
    bool Restored,
    string? BackupId,
    string? AsideBackupId
);
