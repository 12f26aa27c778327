using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>
/// Avoids reporting a row that violates a constraint twice: rows that a rule has named are subtracted from
/// the storage's own count.
/// </summary>
internal static class NamedConstraints
{
    /// <param name="own">The findings of the storage's own checks.</param>
    /// <param name="named">The findings of the rules.</param>
    /// <returns>The storage's remaining findings.</returns>
    public static IEnumerable<ValidationFinding> Subtract(
        IEnumerable<ValidationFinding> own,
        IReadOnlyList<ValidationFinding> named
    ) => own.Select(finding => Subtract(finding, named)).Where(finding => finding.Count > 0);

    private static ValidationFinding Subtract(ValidationFinding own, IReadOnlyList<ValidationFinding> named) =>
        own.Check != StorageCheck.Constraints
            ? own
            : own with
            {
                Count = own.Count - named.Where(other => IsOf(other, own.Table)).Sum(other => other.OfConstraints),
            };

    private static bool IsOf(ValidationFinding finding, string? table) =>
        string.Equals(finding.Table, table, StringComparison.OrdinalIgnoreCase);
}
