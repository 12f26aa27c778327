using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>Separates the damage that a run caused from earlier damage.</summary>
internal static class NewDamage
{
    /// <summary>Returns the findings with higher counts than before, each with the difference.</summary>
    public static IReadOnlyList<ValidationFinding> Find(
        IEnumerable<ValidationFinding> before,
        IEnumerable<ValidationFinding> after
    )
    {
        var old = before.ToDictionary(finding => finding.Key, finding => finding.Count);
        return
        [
            .. from finding in after
            let more = finding.Count - old.GetValueOrDefault(finding.Key)
            where more > 0
            select finding with
            {
                Count = more,
            },
        ];
    }

    /// <summary>
    /// Creates a report in which new findings that are not tolerated are errors, and all others are warnings
    /// with their count.
    /// </summary>
    public static ValidationReport Report(
        DatabaseCheck after,
        IEnumerable<ValidationFinding> before,
        IEnumerable<ValidationFinding> lost,
        Func<ValidationFinding, bool> tolerates,
        Func<ValidationFinding, bool> isNotEnforced
    )
    {
        var found = after.Findings.Concat(lost).ToArray();
        var added = Find(before, found).ToLookup(finding => tolerates(finding) || isNotEnforced(finding));
        var (errors, tolerated) = (added[false].ToArray(), added[true].ToArray());
        var others = found
            .Select(finding => finding with { Count = finding.Count - CountOf(errors, finding) })
            .Where(finding => finding.Count > 0)
            .Select(finding =>
                isNotEnforced(finding) ? WarnNotEnforced(finding) : Warn(finding, CountOf(tolerated, finding))
            );
        return (after with { Findings = errors, Warnings = [.. after.Warnings, .. others] }).Report();
    }

    private static long CountOf(ValidationFinding[] findings, ValidationFinding finding) =>
        Array.Find(findings, f => f.Key == finding.Key)?.Count ?? 0;

    private static ValidationWarning Warn(ValidationFinding finding, long tolerated) =>
        new(
            ValidationWarningKind.ExistingDamage,
            finding.Table,
            finding.Kind == ValidationErrorKind.LostRows
                ? $"The run was allowed to lose data: {string.Join("; ", finding.First.Select(error => error.Detail))}"
                : $"{finding.Count} error(s) of '{finding.Check}' {(tolerated == 0 ? "that this run did not cause" : "which do not fail a run")}, such as: {finding.First[0].Detail}"
        );

    private static ValidationWarning WarnNotEnforced(ValidationFinding finding) =>
        new(
            ValidationWarningKind.NotEnforced,
            finding.Table,
            $"{finding.Count} error(s) of '{finding.Check}', which do not fail the run because this application has switched foreign keys off: {string.Join("; ", finding.First.Select(error => error.Detail))}"
        );
}
