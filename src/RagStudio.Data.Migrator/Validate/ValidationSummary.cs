namespace RagStudio.Data.Migrator;

/// <summary>What the checks of a whole set of databases found.</summary>
/// <param name="Reports">A report per database, and where the set has rules across databases one for these.</param>
public sealed record ValidationSummary(IReadOnlyList<ValidationReport> Reports)
{
    /// <summary>Whether there is no error at all.</summary>
    public bool Valid => Reports.All(report => report.ErrorCount == 0);
}
