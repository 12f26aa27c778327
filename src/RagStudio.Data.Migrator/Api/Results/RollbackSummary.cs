namespace RagStudio.Data.Migrator;

/// <summary>The result of a rollback.</summary>
/// <param name="RunId">The id of the run in the history, the log and the backup's name.</param>
/// <param name="Success">True if every database is now at the version.</param>
/// <param name="Version">The target migration id; <c>0</c> if all migrations were reverted.</param>
/// <param name="BackupId">The backup made before the first change; <see langword="null"/> if none was needed.</param>
/// <param name="Databases">Every database of the set with the migrations that were reverted.</param>
/// <param name="TotalDuration">The duration of the call.</param>
public sealed record RollbackSummary(
    string RunId,
    bool Success,
    string Version,
    string? BackupId,
    IReadOnlyList<DatabaseMigrations> Databases,
    TimeSpan TotalDuration
)
{
    /// <summary>
    /// What may still become of a commit that has succeeded, as sentences: a synchronous standby has not confirmed it in
    /// time, so that a failover could lose the run. Empty if nothing is known to be missing.
    /// </summary>
    public IReadOnlyList<string> CommitWarnings { get; init; } = [];

    /// <summary>The ids of the backup sets that the run removed under the retention limits.</summary>
    public IReadOnlyList<string> PrunedBackups { get; init; } = [];

    /// <summary>What the migrations have dropped and brought back, in the order of the migrations.</summary>
    public IReadOnlyList<DroppedData> DroppedData { get; init; } = [];
}
