using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Shows the result of <c>adopt</c>.</summary>
internal static class AdoptView
{
    public static void Show(IDisplay display, AdoptPlan plan)
    {
        foreach (var database in plan.Databases)
        {
            Show(display, database);
        }

        display.Line(
            plan.Refusal is not null ? "Nothing was changed."
                : plan.IsChange ? "Nothing was changed; this is what 'adopt' would do."
                : "There is nothing to adopt.",
            plan.Refusal is not null ? Tone.Bad : Tone.Good
        );
    }

    public static void Show(IDisplay display, AdoptSummary summary)
    {
        foreach (var database in summary.Databases.Where(database => database.IsChange))
        {
            display.Line(Done(database), Tone.Good);
            ShowDifferences(display, database);
        }

        display.Line($"Backup before: {summary.BackupId}");
    }

    public static IReadOnlyList<string> Question(AdoptPlan plan) =>
        [
            .. plan
                .Databases.Where(database => database.IsChange)
                .SelectMany(database =>
                    new[] { database.Finding, Intention(database) }.Concat(
                        database.Differences.Select(difference => $"It stays different: {difference}.")
                    )
                ),
        ];

    private static void Show(IDisplay display, DatabaseAdoption database)
    {
        display.Line(database.Refusal ?? database.Finding, database.Refusal is null ? Tone.Neutral : Tone.Attention);
        foreach (var version in database.Nearest)
        {
            display.Line($"Compared with {version.Version}:");
            foreach (var difference in version.Differences)
            {
                display.Line($"  {difference}");
            }
        }

        foreach (var choice in database.Choices)
        {
            display.Line(choice);
        }

        if (database.IsChange)
        {
            display.Line(Intention(database));
            ShowDifferences(display, database);
        }
    }

    private static void ShowDifferences(IDisplay display, DatabaseAdoption database)
    {
        foreach (var difference in database.Differences)
        {
            display.Line($"  stays different: {difference}", Tone.Attention);
        }
    }

    private static string Intention(DatabaseAdoption database) => $"{database.Database}: {Effects(database)}.";

    private static string Done(DatabaseAdoption database) =>
        database.Version is { } version
            ? $"Adopted {database.Database} as {version}: {Effects(database)}."
            : $"Tidied {database.Database}: {Effects(database)}.";

    private static string Effects(DatabaseAdoption database)
    {
        var dropped = database.Leftovers.Where(leftover => leftover.IsDropped).Select(leftover => leftover.Name);
        string?[] effects =
        [
            Effect("recorded as applied", database.AddedRows),
            Effect("removed from the history", database.RemovedRows),
            Effect("dropped", [.. dropped]),
        ];
        return string.Join("; ", effects.OfType<string>());
    }

    private static string? Effect(string what, IReadOnlyList<string> names) =>
        names.Count == 0 ? null : $"{what}: {string.Join(", ", names)}";
}
