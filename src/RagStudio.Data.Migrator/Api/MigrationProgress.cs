namespace RagStudio.Data.Migrator;

/// <summary>The progress of a run.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Database">The database being processed; <see langword="null"/> if it is all of them.</param>
/// <param name="Version">The migration being applied, otherwise <see langword="null"/>.</param>
/// <param name="Completed">The amount done, in the unit of <see cref="Unit"/>.</param>
/// <param name="Total">The amount to do, in the same unit; 0 if it is not known.</param>
/// <param name="Check">The current check while validating, otherwise <see langword="null"/>.</param>
public sealed record MigrationProgress(
    MigrationPhase Phase,
    string? Database = null,
    string? Version = null,
    long Completed = 0,
    long Total = 0,
    string? Check = null
)
{
    /// <summary>The unit of <see cref="Completed"/> and <see cref="Total"/>. Default: none.</summary>
    public ProgressUnit Unit { get; init; }

    /// <summary>An estimate of the time that a copy still takes. Default: <see langword="null"/>, for one that is not known.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>True if the run is a rehearsal on copies of the databases.</summary>
    public bool IsRehearsal { get; init; }

    /// <summary>
    /// The number of the run's migrations that are done, over all databases, while applying; otherwise 0.
    /// </summary>
    public int SetCompleted { get; init; }

    /// <summary>The number of the run's migrations, over all databases, while applying; otherwise 0.</summary>
    public int SetTotal { get; init; }
}
