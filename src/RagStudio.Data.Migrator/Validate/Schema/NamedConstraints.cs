using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>Tells a row that breaks a constraint once: where a rule has named it, the storage's own count of such rows is less by it.</summary>
internal static class NamedConstraints
{
    /// <param name="own">What the storage's own checks found.</param>
    /// <param name="named">What the rules found.</param>
    /// <returns>What is left of the storage's own findings.</returns>
    public static IEnumerable<ValidationFinding> Settle(
        IEnumerable<ValidationFinding> own,
        IReadOnlyList<ValidationFinding> named
    ) => own.Select(finding => Settle(finding, named)).Where(finding => finding.Count > 0);

    private static ValidationFinding Settle(ValidationFinding own, IReadOnlyList<ValidationFinding> named) =>
        own.Check != StorageCheck.Constraints
            ? own
            : own with
            {
                Count = own.Count - named.Where(other => IsOf(other, own.Table)).Sum(other => other.OfConstraints),
            };

    private static bool IsOf(ValidationFinding finding, string? table) =>
        string.Equals(finding.Table, table, StringComparison.OrdinalIgnoreCase);
}
