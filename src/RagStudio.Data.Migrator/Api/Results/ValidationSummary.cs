namespace RagStudio.Data.Migrator;

/// <summary>What the checks of a whole set of databases found.</summary>
/// <param name="Reports">A report per database, and where the set has rules across databases one for these.</param>
/// <param name="Interrupted">Whether a run died half way: what was checked is what it has left, and the next run puts it back.</param>
public sealed record ValidationSummary(IReadOnlyList<ValidationReport> Reports, bool Interrupted)
{
    /// <summary>Whether there is no error at all.</summary>
    public bool Valid => Reports.All(report => report.ErrorCount == 0);
}
