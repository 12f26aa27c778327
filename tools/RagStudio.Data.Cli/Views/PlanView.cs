using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Shows the plan of <c>migrate</c>.</summary>
internal static class PlanView
{
    private static readonly string[] Columns = ["Database", "Migration", "Kind", "Rebuilds", "Destructive", "Limit"];

    /// <summary>The findings that need no decision and are only worth knowing.</summary>
    private static readonly PlanFindingKind[] Notes =
    [
        PlanFindingKind.MissingDown,
        PlanFindingKind.StatementWithoutWhere,
        PlanFindingKind.LockedTable,
    ];

    public static void Show(IDisplay display, MigrationPlan plan, bool withSql)
    {
        var count = plan.Databases.Sum(database => database.Migrations.Count);
        ShowSummary(display, plan, count);
        display.Table(new TableContent(Columns, plan.Databases.SelectMany(Rows)));
        foreach (var migration in plan.Databases.SelectMany(database => database.Migrations))
        {
            ShowFindings(display, migration);
            if (withSql)
            {
                ShowSql(display, migration);
            }
        }
        if (plan.BlockedBytes > 0)
        {
            display.Line(
                $"Others wait while {ReadableText.Size(plan.BlockedBytes)} are rewritten or scanned. For how long is not known before a rehearsal: 'ragstudio-db migrate --dry-run'.",
                Tone.Attention
            );
        }
        if (plan.DiskNeededBytes > 0)
        {
            display.Line($"Free disk space needed: {ReadableText.Size(plan.DiskNeededBytes)}.");
        }
        if (plan.Refusal is not null)
        {
            display.Line($"The run would be refused: {plan.Refusal}", Tone.Bad);
        }
    }

    private static void ShowSummary(IDisplay display, MigrationPlan plan, int count)
    {
        if (count == 0)
        {
            display.Line("Nothing is pending.", Tone.Good);
            return;
        }

        var lossy = plan.Databases.SelectMany(database => database.Migrations).Count(m => m.Destructive);
        display.Line($"'ragstudio-db migrate' would apply {ReadableText.Count(count, "migration")}.", Tone.Attention);
        if (lossy > 0)
        {
            display.Line($"{ReadableText.Count(lossy, "migration")} would lose data.", Tone.Bad);
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(PlannedDatabase database) =>
        database.Migrations.Select(migration =>
            new[]
            {
                database.Name,
                migration.Version,
                migration.Kind.ToString().ToLowerInvariant(),
                migration.RebuildsTable ? "a table" : "-",
                migration.Destructive ? "yes" : "-",
                ReadableText.Duration(migration.TimeLimit),
            }
        );

    private static void ShowFindings(IDisplay display, PlannedMigration migration)
    {
        foreach (var finding in migration.Findings)
        {
            display.Line($"{migration.Version} {finding.Detail}.", ToneOf(finding));
        }
        if (migration.ConsentReason is { } consent)
        {
            display.Line($"{migration.Version} may destroy this by consent: {consent}");
        }
        if (migration.DestructiveReason is { } reason)
        {
            display.Line($"{migration.Version} states why it destroys this: {reason}");
        }
    }

    private static Tone ToneOf(PlanFinding finding) =>
        finding.IsDestructive ? Tone.Bad
        : Notes.Contains(finding.Kind) ? Tone.Neutral
        : Tone.Attention;

    private static void ShowSql(IDisplay display, PlannedMigration migration)
    {
        display.Line($"-- {migration.Version}");
        foreach (var line in migration.Sql.ReplaceLineEndings("\n").Split('\n'))
        {
            display.Line(line);
        }
    }
}
