namespace RagStudio.Data.Migrator;

/// <summary>The findings of the checks of one database, or of the references across all of them.</summary>
/// <param name="Database">
/// The database's name in the set; the names of all, joined by <c>+</c>, for references across them.
/// </param>
/// <param name="Errors">The first errors of each check, <see cref="RagStudio.Data.Migrator.Providers.ValidationFinding.MaxNamed"/> at most.</param>
/// <param name="ErrorCount">The total number of errors.</param>
/// <param name="Warnings">The warnings.</param>
/// <param name="ChecksPerformed">The number of checks made.</param>
/// <param name="Duration">The duration of the checks.</param>
public sealed record ValidationReport(
    string Database,
    IReadOnlyList<ValidationError> Errors,
    long ErrorCount,
    IReadOnlyList<ValidationWarning> Warnings,
    int ChecksPerformed,
    TimeSpan Duration
)
{
    /// <summary>
    /// The tables that were checked: those that the run has touched, under their names before and after it, if the
    /// databases are larger than <see cref="MigrationOptions.CheckEverythingUpTo"/>.
    /// </summary>
    /// <value><see langword="null"/> if everything was checked.</value>
    public IReadOnlyList<string>? CheckedTables { get; init; }
}
