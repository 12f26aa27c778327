using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Shows the result of <c>migrate</c>.</summary>
internal static class MigrateView
{
    public static void Show(IDisplay display, MigrationSummary summary, IReadOnlyList<DatabaseStatus> current)
    {
        var count = summary.Databases.Sum(database => database.Migrations.Count);
        if (count == 0)
        {
            ShowCurrent(display, current);
            return;
        }

        RunView.Show(display, summary.Databases, summary.BackupId, summary.PrunedBackups);
        foreach (var report in summary.Reports)
        {
            ValidateView.ShowWarnings(display, report, ValidateView.ConcernsARun);
        }
        if (summary.NotRehearsed is { } reason)
        {
            display.Line($"Not rehearsed: {reason}", Tone.Attention);
        }
        RunView.ShowDropped(display, summary.DroppedData);
        if (summary.Rehearsal is { } rehearsal)
        {
            RehearsalView.ShowPlace(display, rehearsal);
        }
        if (summary.LocksHeld is { } held)
        {
            var estimate = summary.LockEstimate is { } expected
                ? $" (estimated: {ReadableText.Duration(expected.Total)})"
                : "";
            display.Line($"Held its table locks for {ReadableText.Duration(held)}{estimate}.");
        }
        RunView.ShowWarnings(display, summary.CommitWarnings);
        display.Line(
            $"Applied {ReadableText.Count(count, "migration")} in {ReadableText.Duration(summary.TotalDuration)}.",
            Tone.Good
        );
    }

    private static void ShowCurrent(IDisplay display, IReadOnlyList<DatabaseStatus> current)
    {
        foreach (var database in current)
        {
            var at = $"at {database.CurrentVersion ?? "no migration"}";
            display.Line(
                database.Pending.Count == 0
                    ? $"{database.Name} is up to date, {at}."
                    : $"{database.Name} is {at}; {ReadableText.Count(database.Pending.Count, "newer migration")} pending.",
                Tone.Good
            );
        }
    }
}
