namespace RagStudio.Data.Migrator;

/// <summary>What the checks of one database found.</summary>
/// <param name="Database">The database's name in the set.</param>
/// <param name="Errors">The first errors of each kind.</param>
/// <param name="ErrorCount">How many errors there are in all.</param>
/// <param name="ChecksPerformed">How many checks were made.</param>
/// <param name="Duration">How long the checks took.</param>
public sealed record ValidationReport(
    string Database,
    IReadOnlyList<ValidationError> Errors,
    long ErrorCount,
    int ChecksPerformed,
    TimeSpan Duration
);
