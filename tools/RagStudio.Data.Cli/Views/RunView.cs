using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Shows the migrations that a run applied or reverted.</summary>
internal static class RunView
{
    private static readonly string[] Columns = ["Database", "Migration", "Kind", "Took"];

    public static void Show(
        IDisplay display,
        IReadOnlyList<DatabaseMigrations> databases,
        string? backupId,
        IReadOnlyList<string> pruned
    )
    {
        display.Table(new TableContent(Columns, databases.SelectMany(Rows)));
        if (backupId is not null)
        {
            display.Line($"The previous state of the databases is in the backup {backupId}.");
        }
        BackupView.ShowPruned(display, pruned);
    }

    /// <summary>Shows what was dropped and has come back, and where it is.</summary>
    public static void ShowDropped(IDisplay display, IReadOnlyList<DroppedData> dropped)
    {
        foreach (var data in dropped)
        {
            var isMissing = data.Fate is DroppedDataFate.Lost or DroppedDataFate.NotReturned;
            display.Line(data.Note, isMissing ? Tone.Attention : Tone.Neutral);
        }
    }

    public static void ShowWarnings(IDisplay display, IReadOnlyList<string> warnings)
    {
        foreach (var warning in warnings)
        {
            display.Line(warning, Tone.Attention);
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
