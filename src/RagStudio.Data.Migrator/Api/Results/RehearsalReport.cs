namespace RagStudio.Data.Migrator;

/// <summary>The result of a rehearsal on copies of the databases.</summary>
/// <param name="Databases">Every database of the set with the attempted migrations and their durations.</param>
/// <param name="Rows">The tables whose number of rows changed.</param>
/// <param name="PeakDiskBytes">The peak disk usage of the copies, with all files that belong to them.</param>
/// <param name="Duration">The duration, including the copying.</param>
/// <param name="Error">The error; <see langword="null"/> on success.</param>
public sealed record RehearsalReport(
    IReadOnlyList<DatabaseMigrations> Databases,
    IReadOnlyList<RowDifference> Rows,
    long PeakDiskBytes,
    TimeSpan Duration,
    string? Error
)
{
    /// <summary>The rows that were copied; <see langword="null"/> if all were.</summary>
    public RehearsalSample? Sample { get; init; }

    /// <summary>
    /// The databases that took the place of copies (<see cref="MigrationOptions.RehearseByMigrating"/>), for people: they
    /// are migrated now, or as they were if the rehearsal failed.
    /// </summary>
    /// <value>Empty if there were only copies.</value>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>
    /// For how long the run is expected to hold its table locks; <see langword="null"/> if it holds none, or if that could
    /// not be determined.
    /// </summary>
    public LockEstimate? LockEstimate { get; init; }

    /// <summary>True if the migrations succeeded on the copies.</summary>
    public bool Success => Error is null;
}
