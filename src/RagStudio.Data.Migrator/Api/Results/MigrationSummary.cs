namespace RagStudio.Data.Migrator;

/// <summary>What one run did.</summary>
/// <param name="RunId">Names the run in the history, the log and the backup's name.</param>
/// <param name="Success">Whether everything that was pending is applied now.</param>
/// <param name="BackupId">The backup made before the first change; <see langword="null"/> where none was needed.</param>
/// <param name="Databases">Every database of the set with what was run on it.</param>
/// <param name="TotalDuration">From the call to its end.</param>
/// <param name="Error">Why the run failed; <see langword="null"/> on success.</param>
/// <param name="Reports">What the checks after the run found, a report per database; empty where nothing was run.</param>
public sealed record MigrationSummary(
    string RunId,
    bool Success,
    string? BackupId,
    IReadOnlyList<DatabaseMigrations> Databases,
    TimeSpan TotalDuration,
    string? Error,
    IReadOnlyList<ValidationReport> Reports
)
{
    /// <summary>
    /// What the rehearsal before the run showed; <see langword="null"/> where there was none. With <see cref="MigrationOptions.DryRun"/> it is all
    /// that was done.
    /// </summary>
    public RehearsalReport? Rehearsal { get; init; }

    /// <summary>The ids of the backup sets that the run removed, because there were more than are kept.</summary>
    public IReadOnlyList<string> PrunedBackups { get; init; } = [];
}
