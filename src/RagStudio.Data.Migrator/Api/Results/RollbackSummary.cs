namespace RagStudio.Data.Migrator;

/// <summary>What a rollback did.</summary>
/// <param name="RunId">Names the run in the history, the log and the backup's name.</param>
/// <param name="Success">Whether every database is at the version now.</param>
/// <param name="Version">The migration id that was gone back to; <c>0</c> for none at all.</param>
/// <param name="BackupId">The backup made before the first change; <see langword="null"/> where none was needed.</param>
/// <param name="Databases">Every database of the set with what was reverted.</param>
/// <param name="TotalDuration">From the call to its end.</param>
public sealed record RollbackSummary(
    string RunId,
    bool Success,
    string Version,
    string? BackupId,
    IReadOnlyList<DatabaseMigrations> Databases,
    TimeSpan TotalDuration
)
{
    /// <summary>The ids of the backup sets that the run removed, because there were more than are kept.</summary>
    public IReadOnlyList<string> PrunedBackups { get; init; } = [];
}
