namespace RagStudio.Data.Migrator;

/// <summary>One migration that a run tried.</summary>
/// <param name="Version">EF's migration id.</param>
/// <param name="Name">The id without its time stamp.</param>
/// <param name="Kind">What it changes.</param>
/// <param name="Duration">How long it ran, its commit included.</param>
/// <param name="Success">Whether it ran to its end. A later failure of the run undoes it all the same.</param>
/// <param name="Error">Why it failed; <see langword="null"/> on success.</param>
public sealed record AppliedMigration(
    string Version,
    string Name,
    MigrationKind Kind,
    TimeSpan Duration,
    bool Success,
    string? Error
);
