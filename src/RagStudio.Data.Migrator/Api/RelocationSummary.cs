namespace RagStudio.Data.Migrator;

/// <summary>The result of <see cref="IDatabaseRelocation.RelocateAsync"/>.</summary>
/// <param name="RunId">The id of the run, which is in the histories of both storages.</param>
/// <param name="BackupId">The backup set made before.</param>
/// <param name="Database">The database's name.</param>
/// <param name="From">The location of the storage that it was in, for people.</param>
/// <param name="To">The location of the storage that it is in, for people.</param>
/// <param name="Tables">Its tables, each compared.</param>
/// <param name="Duration">The duration.</param>
public sealed record RelocationSummary(
    string RunId,
    string? BackupId,
    string Database,
    string From,
    string To,
    IReadOnlyList<RelocatedTable> Tables,
    TimeSpan Duration
)
{
    /// <summary>The backup sets that the run has removed under the retention limits.</summary>
    public IReadOnlyList<string> PrunedBackups { get; init; } = [];
}
