namespace RagStudio.Data.Migrator;

/// <summary>A migration that a run attempted.</summary>
/// <param name="Version">EF's migration id.</param>
/// <param name="Name">The id without its timestamp.</param>
/// <param name="Kind">The kind of change.</param>
/// <param name="Duration">The duration, including the commit.</param>
/// <param name="Success">True if it was committed. A later failure of the run undoes it nevertheless.</param>
/// <param name="Error">The error; <see langword="null"/> on success.</param>
public sealed record AppliedMigration(
    string Version,
    string Name,
    MigrationKind Kind,
    TimeSpan Duration,
    bool Success,
    string? Error
);
