namespace RagStudio.Data.Migrator;

/// <summary>What a restore did.</summary>
/// <param name="RunId">Names the run in the history, the log and the safety backup's name.</param>
/// <param name="BackupId">The set that was restored.</param>
/// <param name="SafetyBackupId">The set that keeps what was replaced; <see langword="null"/> where there was nothing.</param>
/// <param name="TotalDuration">From the call to its end.</param>
public sealed record RestoreSummary(string RunId, string BackupId, string? SafetyBackupId, TimeSpan TotalDuration)
{
    /// <summary>The ids of the backup sets that the run removed, because there were more than are kept.</summary>
    public IReadOnlyList<string> PrunedBackups { get; init; } = [];
}
