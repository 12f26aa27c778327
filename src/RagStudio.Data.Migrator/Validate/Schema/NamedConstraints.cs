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
    /// <param name="names">Compares the names of tables.</param>
    /// <returns>The storage's remaining findings.</returns>
    public static IEnumerable<ValidationFinding> Subtract(
        IEnumerable<ValidationFinding> own,
        IReadOnlyList<ValidationFinding> named,
        StringComparer names
    ) =>
        from finding in own
        let others = finding.Check == StorageCheck.Constraints ? named : []
        let counted = others.Where(other => names.Equals(other.Table, finding.Table)).Sum(other => other.OfConstraints)
        where finding.Count > counted
        select counted == 0 ? finding : finding with { Count = finding.Count - counted };
}
