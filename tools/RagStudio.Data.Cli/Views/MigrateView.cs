using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Shows what <c>migrate</c> did.</summary>
internal static class MigrateView
{
    private static readonly string[] Columns = ["Database", "Migration", "Kind", "Took"];

    public static void Show(IDisplay display, MigrationSummary summary, MigrationStatus status)
    {
        var count = summary.Databases.Sum(database => database.Migrations.Count);
        if (count == 0)
        {
            ShowCurrent(display, status);
            return;
        }
        display.Table(new TableContent(Columns, summary.Databases.SelectMany(Rows)));
        if (summary.BackupId is not null)
        {
            display.Line($"The databases as they were are in the backup {summary.BackupId}.");
        }

        display.Line(
            $"Applied {ReadableText.Count(count, "migration")} in {ReadableText.Duration(summary.TotalDuration)}.",
            Tone.Good
        );
    }

    private static void ShowCurrent(IDisplay display, MigrationStatus status)
    {
        foreach (var database in status.Databases)
        {
            display.Line($"{database.Name} is up to date, at {database.CurrentVersion ?? "no migration"}.", Tone.Good);
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(DatabaseMigrations database) =>
        database.Migrations.Select(migration =>
            new[]
            {
                database.Name,
                migration.Version,
                migration.Kind.ToString().ToLowerInvariant(),
                ReadableText.Duration(migration.Duration),
            }
        );
}
