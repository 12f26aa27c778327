namespace RagStudio.Data.Migrator;

/// <summary>What a run is doing now.</summary>
/// <param name="Phase">The part of the run.</param>
/// <param name="Database">The database that is worked on; <see langword="null"/> where it is all of them.</param>
/// <param name="Version">The migration that is being applied, else <see langword="null"/>.</param>
/// <param name="Completed">How much is done, in the unit of <see cref="Unit"/>.</param>
/// <param name="Total">How much there is to do in the same unit; 0 where it is not known.</param>
/// <param name="Check">The check that is being made while validating, else <see langword="null"/>.</param>
public sealed record MigrationProgress(
    MigrationPhase Phase,
    string? Database = null,
    string? Version = null,
    long Completed = 0,
    long Total = 0,
    string? Check = null
)
{
    /// <summary>What <see cref="Completed"/> and <see cref="Total"/> count. Default: nothing.</summary>
    public ProgressUnit Unit { get; init; }

    /// <summary>Whether it is done to copies of the databases, to see whether it will go well.</summary>
    public bool IsRehearsal { get; init; }

    /// <summary>While applying, how many of the run's migrations are done, over all databases; else 0.</summary>
    public int SetCompleted { get; init; }

    /// <summary>While applying, how many migrations the run has, over all databases; else 0.</summary>
    public int SetTotal { get; init; }
}
