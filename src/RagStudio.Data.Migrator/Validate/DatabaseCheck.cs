using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>What the checks of one database, or of what is across all of them, found.</summary>
internal sealed record DatabaseCheck(
    string Database,
    IReadOnlyList<ValidationFinding> Findings,
    IReadOnlyList<ValidationWarning> Warnings,
    int ChecksPerformed,
    TimeSpan Duration
)
{
    /// <summary>A report in which every finding is an error.</summary>
    public ValidationReport Report() =>
        new(
            Database,
            [.. Findings.SelectMany(finding => finding.First)],
            Findings.Sum(finding => finding.Count),
            Warnings,
            ChecksPerformed,
            Duration
        );
}
