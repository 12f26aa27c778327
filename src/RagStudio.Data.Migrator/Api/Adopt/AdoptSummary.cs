namespace RagStudio.Data.Migrator;

/// <summary>The result of adopting databases.</summary>
/// <param name="RunId">The id of the run in the history and the log.</param>
/// <param name="BackupId">The backup set made before; <see langword="null"/> if nothing was to be done.</param>
/// <param name="Databases">The databases of the set.</param>
/// <param name="TotalDuration">The duration of the call.</param>
public sealed record AdoptSummary(
    string RunId,
    string? BackupId,
    IReadOnlyList<DatabaseAdoption> Databases,
    TimeSpan TotalDuration
)
{
    /// <summary>The ids of the backup sets that the run removed under the retention limits.</summary>
    public IReadOnlyList<string> PrunedBackups { get; init; } = [];
}
