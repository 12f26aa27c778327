using System.Globalization;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Shows the result of <c>split</c> and <c>join</c>.</summary>
internal static class MoveView
{
    private const string Nothing = "The events are there already, or there are none yet: there is nothing to move.";

    public static void Show(IDisplay display, RelocationPlan? plan)
    {
        if (plan is null)
        {
            display.Line(Nothing, Tone.Good);
            return;
        }
        display.Line($"The events would move from {plan.From} to {plan.To}. Nothing was changed.", Tone.Good);
        Show(display, plan.Tables);
    }

    public static void Show(IDisplay display, RelocationSummary? summary)
    {
        if (summary is null)
        {
            display.Line(Nothing, Tone.Good);
            return;
        }
        display.Line($"Moved the events from {summary.From} to {summary.To}, and compared every table.", Tone.Good);
        Show(display, summary.Tables);
        display.Line($"Backup before: {summary.BackupId}");
    }

    public static IReadOnlyList<string> Question(RelocationPlan plan) =>
        [
            $"The events move from {plan.From} to {plan.To}: {ReadableText.Count(plan.Tables.Sum(table => table.Rows), "row")} in {ReadableText.Count(plan.Tables.Count, "table")}.",
        ];

    private static void Show(IDisplay display, IReadOnlyList<RelocatedTable> tables) =>
        display.Table(
            new TableContent(
                ["Table", "Rows", "Hash"],
                tables.Select(table =>
                    (string[])
                        [
                            table.Table,
                            table.Rows.ToString("N0", CultureInfo.InvariantCulture),
                            table.Hash.Length == 0 ? "" : table.Hash[..16],
                        ]
                )
            )
        );
}
