namespace RagStudio.Data.Migrator;

/// <summary>The state of the runs of this process, or the result of the last one.</summary>
/// <param name="Status">The status of the runs.</param>
/// <param name="Activity">The purpose of the run; <see langword="null"/> if none has begun.</param>
/// <param name="Latest">
/// The last progress reported; <see langword="null"/> if there was none, as for a run that finds nothing to do.
/// </param>
/// <param name="Failure">The failure; <see langword="null"/> if there was none.</param>
public sealed record MigrationRunState(
    MigrationRunStatus Status,
    RunActivity? Activity = null,
    MigrationProgress? Latest = null,
    Exception? Failure = null
);
