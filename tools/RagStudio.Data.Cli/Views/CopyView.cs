using System.Globalization;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Shows the result of <c>copy</c>.</summary>
internal static class CopyView
{
    public static void Show(IDisplay display, CopySummary summary)
    {
        display.Line(
            summary.WasComplete
                ? $"An earlier copy to {summary.Target} was complete. It was compared again, and {summary.Source} is now marked as moved."
                : $"Everything was copied to {summary.Target} and compared. {summary.Source} is marked as moved.",
            Tone.Good
        );
        Show(display, summary.Tables, summary.LeftBehind);
        var rows = summary.Tables.Sum(table => table.Rows);
        display.Line($"{ReadableText.Count(rows, "row")} in {ReadableText.Duration(summary.Duration)}.");
    }

    public static void Show(IDisplay display, CopyPlan plan)
    {
        var (sentence, tone) =
            plan.IsComplete ? ($"{plan.Target} already holds this copy; only the mark is missing.", Tone.Attention)
            : plan.Misfits.Count == 0 ? ($"Everything fits into {plan.Target}. Nothing was changed.", Tone.Good)
            : ($"{plan.Target} cannot hold everything. Nothing was changed.", Tone.Bad);
        display.Line(sentence, tone);
        Show(display, plan.Tables, plan.LeftBehind);
        ShowMisfits(display, plan.Misfits);
    }

    private static void Show(IDisplay display, IReadOnlyList<CopiedTable> tables, IReadOnlyList<string> leftBehind)
    {
        display.Table(
            new TableContent(
                ["Database", "Table", "Rows", "Hash"],
                tables.Select(table =>
                    (string[])
                        [
                            table.Database,
                            table.Table,
                            table.Rows.ToString("N0", CultureInfo.InvariantCulture),
                            table.Hash.Length == 0 ? "" : table.Hash[..16],
                        ]
                )
            )
        );
        if (leftBehind.Count > 0)
        {
            display.Line($"Left behind: {string.Join(", ", leftBehind)}", Tone.Attention);
        }
    }

    private static void ShowMisfits(IDisplay display, IReadOnlyList<CopyMisfit> misfits)
    {
        foreach (var misfit in misfits)
        {
            display.Line(
                $"{misfit.Table}.{misfit.Column} {misfit.Reason} in {ReadableText.Count(misfit.Count, "row")}: {string.Join("; ", misfit.Rows)}{(misfit.Count > misfit.Rows.Count ? "; …" : "")}",
                Tone.Bad
            );
        }
    }
}
