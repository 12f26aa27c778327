namespace RagStudio.Data.Migrator;

/// <summary>The result of a restore.</summary>
/// <param name="RunId">The id of the run in the history, the log and the safety backup's name.</param>
/// <param name="BackupId">The set that was restored.</param>
/// <param name="SafetyBackupId">
/// The backup set of the replaced databases; <see langword="null"/> if there were none, or if they are kept as
/// <see cref="Replaced"/> says.
/// </param>
/// <param name="TotalDuration">The duration of the call.</param>
public sealed record RestoreSummary(string RunId, string BackupId, string? SafetyBackupId, TimeSpan TotalDuration)
{
    /// <summary>
    /// Where a server keeps the replaced databases, as shown to users: under names of their own. The migrator never drops
    /// them.
    /// </summary>
    /// <value>Empty for databases that are files.</value>
    public IReadOnlyList<string> Replaced { get; init; } = [];

    /// <summary>The databases that the set does not hold, and that stay as they are.</summary>
    /// <value>Empty if it holds all of them.</value>
    public IReadOnlyList<LeftDatabase> Left { get; init; } = [];

    /// <summary>The ids of the backup sets that the run removed under the retention limits.</summary>
    public IReadOnlyList<string> PrunedBackups { get; init; } = [];
}
