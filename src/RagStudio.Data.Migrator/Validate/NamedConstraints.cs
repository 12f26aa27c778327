namespace RagStudio.Data.Migrator;

/// <summary>Tells a row that breaks a constraint once: where a rule has named it, the storage's own count of such rows is less by it.</summary>
internal static class NamedConstraints
{
    public static IEnumerable<ValidationFinding> Settle(IReadOnlyList<ValidationFinding> findings) =>
        findings.Select(finding => Settle(finding, findings)).Where(finding => finding.Count > 0);

    private static ValidationFinding Settle(ValidationFinding finding, IReadOnlyList<ValidationFinding> all) =>
        finding.Check != StorageCheck.Constraints
            ? finding
            : finding with
            {
                Count = finding.Count - all.Where(other => IsOf(other, finding.Table)).Sum(o => o.OfConstraints),
            };

    private static bool IsOf(ValidationFinding finding, string? table) =>
        string.Equals(finding.Table, table, StringComparison.OrdinalIgnoreCase);
}
