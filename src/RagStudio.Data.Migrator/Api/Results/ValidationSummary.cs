namespace RagStudio.Data.Migrator;

/// <summary>The findings of the checks of a whole set of databases.</summary>
/// <param name="Reports">A report per database, and another for rules across databases if the set has any.</param>
/// <param name="Interrupted">
/// True if a run was killed: the checks then include its unfinished changes, which the next run undoes.
/// </param>
public sealed record ValidationSummary(IReadOnlyList<ValidationReport> Reports, bool Interrupted)
{
    /// <summary>True if there are no errors.</summary>
    public bool Valid => Reports.All(report => report.ErrorCount == 0);
}
