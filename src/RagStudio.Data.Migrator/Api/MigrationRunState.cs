namespace RagStudio.Data.Migrator;

/// <summary>What the runs of this process are doing, or how the last of them has ended.</summary>
/// <param name="Status">How far they are.</param>
/// <param name="Activity">What the run is for; <see langword="null"/> where none has begun.</param>
/// <param name="Latest">What it told last; <see langword="null"/> where it has told nothing, as one that finds nothing to do.</param>
/// <param name="Failure">Why it failed; <see langword="null"/> where it did not.</param>
public sealed record MigrationRunState(
    MigrationRunStatus Status,
    RunActivity? Activity = null,
    MigrationProgress? Latest = null,
    Exception? Failure = null
);
