using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>The findings of the checks of one database, or of the checks across databases.</summary>
internal sealed record DatabaseCheck(
    string Database,
    IReadOnlyList<ValidationFinding> Findings,
    IReadOnlyList<ValidationWarning> Warnings,
    int ChecksPerformed,
    TimeSpan Duration
)
{
    /// <summary>The tables that were checked; <see langword="null"/> for all.</summary>
    public IReadOnlyCollection<string>? Tables { get; init; }

    /// <summary>Creates a report in which every finding is an error.</summary>
    public ValidationReport Report() =>
        new(
            Database,
            [.. Findings.SelectMany(finding => finding.First)],
            Findings.Sum(finding => finding.Count),
            Warnings,
            ChecksPerformed,
            Duration
        )
        {
            CheckedTables = Tables is null ? null : [.. Tables.Order(StringComparer.Ordinal)],
        };
}
