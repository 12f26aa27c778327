using System.Globalization;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>
/// Refuses a plan that would block others for longer than the operator allows, or fail when it can no longer be undone.
/// </summary>
internal static class BlockedOthers
{
    private const string Option = "RefuseAboveBlockedBytes, --refuse-above-blocked-bytes";

    /// <returns>The reason why the plan must not run; <see langword="null"/> if it may.</returns>
    public static PlanRefusedException? Refusal(IEnumerable<PlannedDatabase> databases, MigrationOptions options) =>
        (
            from database in databases
            from migration in database.Migrations
            from finding in migration.Findings
            let reason = Reason(finding, options)
            where reason is not null
            select new PlanRefusedException(
                database.Name,
                [migration.Version],
                $"The migration {migration.Version} of '{database.Name}' {finding.Detail}. {reason}"
            )
        ).FirstOrDefault();

    private static string? Reason(PlanFinding finding, MigrationOptions options)
    {
        var limit = options.RefuseAboveBlockedBytes;
        return finding.Kind switch
        {
            PlanFindingKind.UnrepeatableStatement when !options.AllowUnrepeatableStatements =>
                "Pass --allow-unrepeatable-statements or set AllowUnrepeatableStatements; or run it by hand, and leave it out of the migration.",
            PlanFindingKind.DuplicatesAfterCommit => "Remove the duplicates, then try again.",
            PlanFindingKind.LocksNotChecked when limit is not null =>
                $"A run that may block others from {Text(limit)} is refused ({Option}).",
            PlanFindingKind.RewrittenTable or PlanFindingKind.ScannedTable when finding.Bytes > limit =>
                $"A run that blocks others from {Text(limit)} is refused ({Option}).",
            _ => null,
        };
    }

    private static string Text(long? limit) =>
        string.Create(CultureInfo.InvariantCulture, $"a table of more than {limit} bytes");
}
