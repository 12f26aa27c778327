namespace RagStudio.Data.Migrator;

/// <summary>The result of a run.</summary>
/// <param name="RunId">The id of the run in the history, the log and the backup's name.</param>
/// <param name="Success">True if everything that was pending is now applied.</param>
/// <param name="BackupId">The backup made before the first change; <see langword="null"/> if none was needed.</param>
/// <param name="Databases">Every database of the set with the migrations that ran.</param>
/// <param name="TotalDuration">The duration of the call.</param>
/// <param name="Error">The error; <see langword="null"/> on success.</param>
/// <param name="Reports">The findings of the checks after the run, a report per database; empty if nothing ran.</param>
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
    /// The result of the rehearsal before the run; <see langword="null"/> if there was none. With
    /// <see cref="MigrationOptions.DryRun"/> the rehearsal is the whole run.
    /// </summary>
    public RehearsalReport? Rehearsal { get; init; }

    /// <summary>
    /// Why there was no rehearsal although the options demand one, as a sentence; <see langword="null"/> otherwise.
    /// </summary>
    public string? NotRehearsed { get; init; }

    /// <summary>
    /// What would run, as the result of a <see cref="MigrationOptions.DryRun"/> without a rehearsal;
    /// <see langword="null"/> otherwise.
    /// </summary>
    public MigrationPlan? Plan { get; init; }

    /// <summary>
    /// What may still become of a commit that has succeeded, as sentences: a synchronous standby has not confirmed it in
    /// time, so that a failover could lose the run. Empty if nothing is known to be missing.
    /// </summary>
    public IReadOnlyList<string> CommitWarnings { get; init; } = [];

    /// <summary>
    /// For how long the run was expected to hold its table locks, as its log says before it begins; <see langword="null"/>
    /// without a rehearsal, or if it holds none.
    /// </summary>
    public LockEstimate? LockEstimate { get; init; }

    /// <summary>
    /// For how long the run has held its table locks, from the first of them to the end of its COMMIT; the longest time if
    /// it has several databases. <see langword="null"/> if it holds none.
    /// </summary>
    public TimeSpan? LocksHeld { get; init; }

    /// <summary>The ids of the backup sets that the run removed under the retention limits.</summary>
    public IReadOnlyList<string> PrunedBackups { get; init; } = [];

    /// <summary>What the migrations have dropped and brought back, in the order of the migrations.</summary>
    public IReadOnlyList<DroppedData> DroppedData { get; init; } = [];
}
