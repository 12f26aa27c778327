namespace RagStudio.Data.Migrator;

/// <summary>What the checks of one database, or of the references across all of them, found.</summary>
/// <param name="Database">The database's name in the set; the names of all, joined by <c>+</c>, for what is across them.</param>
/// <param name="Errors">The first errors of each check, <see cref="RagStudio.Data.Migrator.Providers.ValidationFinding.MostNamed"/> at most.</param>
/// <param name="ErrorCount">How many errors there are in all.</param>
/// <param name="Warnings">What is no error and yet worth knowing.</param>
/// <param name="ChecksPerformed">How many checks were made.</param>
/// <param name="Duration">How long the checks took.</param>
public sealed record ValidationReport(
    string Database,
    IReadOnlyList<ValidationError> Errors,
    long ErrorCount,
    IReadOnlyList<ValidationWarning> Warnings,
    int ChecksPerformed,
    TimeSpan Duration
);
