using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Shows the result of <c>migrate --dry-run</c>.</summary>
internal static class RehearsalView
{
    private static readonly string[] Columns = ["Database", "Table", "Rows before", "Rows after"];

    public static void Show(IDisplay display, MigrationSummary summary)
    {
        if (summary.Plan is { } plan)
        {
            PlanView.Show(display, plan, withSql: false);
            display.Line($"Not rehearsed: {summary.NotRehearsed} Nothing was changed.", Tone.Attention);
            return;
        }
        if (summary.Rehearsal is not { } rehearsal)
        {
            display.Line("Every database is up to date: there is nothing to rehearse.", Tone.Good);
            return;
        }

        RunView.Show(display, rehearsal.Databases, backupId: null, pruned: []);
        display.Table(new TableContent(Columns, rehearsal.Rows.Select(Row)));
        foreach (var report in summary.Reports)
        {
            ValidateView.ShowWarnings(display, report, ValidateView.ConcernsARun);
        }
        ShowPlace(display, rehearsal);
        if (rehearsal.LockEstimate is { } estimate)
        {
            display.Line(
                $"A run would hold its table locks for about {ReadableText.Duration(estimate.Total)}, {ReadableText.Duration(estimate.Migrations)} of them for its migrations."
            );
        }
        var (where, rest) =
            rehearsal.Targets.Count > 0 ? ("there", "Nothing else") : ("on copies of the databases", "Nothing");
        var count = ReadableText.Count(rehearsal.Databases.Sum(database => database.Migrations.Count), "migration");
        display.Line(
            $"{count} succeeded {where} in {ReadableText.Duration(rehearsal.Duration)}, including copying. "
                + (
                    rehearsal.PeakDiskBytes > 0
                        ? $"The copies took up to {ReadableText.Size(rehearsal.PeakDiskBytes)}. "
                        : ""
                )
                + $"{rest} was changed.",
            Tone.Good
        );
    }

    /// <summary>Shows where the rehearsal took place, if that was not a complete copy.</summary>
    public static void ShowPlace(IDisplay display, RehearsalReport rehearsal)
    {
        foreach (var target in rehearsal.Targets)
        {
            display.Line($"{target} was migrated in the rehearsal, and stays so.", Tone.Attention);
        }
        if (rehearsal.Sample is { } sample)
        {
            display.Line(
                $"Rehearsed on {ReadableText.Count(sample.Rows, "row")} of about {ReadableText.Count(sample.TotalRows, "row")}: others may still violate a new constraint.",
                Tone.Attention
            );
        }
    }

    private static string[] Row(RowDifference row) => [row.Database, row.Table, Count(row.Before), Count(row.After)];

    private static string Count(long? rows) => rows is { } count ? $"{count}" : "no table";
}
