using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>Decides if the user has consented to what migrations destroy.</summary>
internal static class DestructiveConsent
{
    /// <summary>
    /// Returns what a migration destroys beyond the rows that it declares, and without consent for its table.
    /// </summary>
    public static IReadOnlyList<PlanFinding> Unannounced(
        IMigrationDatabase database,
        KnownMigration migration,
        IEnumerable<ConfirmedFinding> confirmed,
        DestructiveConsents? consents = null
    )
    {
        var announced = migration.RemovesRows;
        return
        [
            .. from finding in confirmed
            where finding.Finding.IsDestructive
            where !(TakesRows(finding.Finding.Kind) && announced.Any(a => Covers(a, finding, database.Names)))
            where consents?.ReasonFor(database, migration.Version, finding.Candidate.LiveTable) is null
            select finding.Finding,
        ];
    }

    /// <summary>Returns the rows that consent to a migration covers.</summary>
    public static IReadOnlyList<NamedRows> Named(IEnumerable<ConfirmedFinding> confirmed) =>
        [
            .. from finding in confirmed
            where finding.Candidate is { IsLoss: true, LiveTable: not null }
            where TakesRows(finding.Finding.Kind) || finding.Finding.Kind == PlanFindingKind.DroppedTable
            select new NamedRows(
                finding.Candidate.LiveTable!,
                finding.Finding is { IsDestructive: true, Rows: var rows } ? rows : long.MaxValue
            ),
        ];

    /// <returns>
    /// The reason why the plan must not run; <see langword="null"/> if nothing is destroyed without consent.
    /// </returns>
    public static PlanRefusedException? Refusal(IEnumerable<PlannedDatabase> databases, MigrationOptions options)
    {
        var refused = databases.FirstOrDefault(database => database.Migrations.Any(m => m.Unannounced.Count > 0));
        if (options.AllowDestructive || refused is null)
        {
            return null;
        }
        var migrations = refused.Migrations.Where(migration => migration.Unannounced.Count > 0).ToArray();
        return new PlanRefusedException(
            refused.Name,
            [.. migrations.Select(migration => migration.Version)],
            $"The database '{refused.Name}' would lose data: {VersionList.Format([.. migrations.Select(Describe)], "; ")}. "
                + $"To allow one migration, pass --allow-destructive {migrations[0].Version} or set DestructiveConsents; "
                + "its author states the reason with [DestructiveMigration], or the rows with [RemovesRows]. "
                + "--allow-destructive without a value and AllowDestructive allow all of them."
        );
    }

    private static bool TakesRows(PlanFindingKind kind) =>
        kind is PlanFindingKind.StatementWithoutWhere or PlanFindingKind.DeletedRows;

    private static bool Covers(RemovesRowsAttribute announced, ConfirmedFinding finding, StringComparer names) =>
        (
            names.Equals(announced.Table, finding.Candidate.LiveTable)
            || names.Equals(announced.Table, finding.Candidate.Table)
        )
        && announced.AtMost >= finding.Finding.Rows;

    private static string Describe(PlannedMigration migration) =>
        $"{migration.Version} {string.Join(", ", migration.Unannounced.Select(finding => finding.Detail))}";
}
