using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Shows backup sets.</summary>
internal static class BackupView
{
    private static readonly string[] Columns = ["Backup", "Reason", "Size", "Check", "Databases"];

    public static void ShowCreated(IDisplay display, BackupSet set) =>
        display.Line($"Made the backup {set.Id} ({ReadableText.Size(set.SizeBytes)}).", Tone.Good);

    public static void ShowList(IDisplay display, IReadOnlyList<BackupSet> sets)
    {
        if (sets.Count == 0)
        {
            display.Line("There is no backup.");
        }

        display.Table(new TableContent(Columns, sets.Select(Row)));
    }

    private static string[] Row(BackupSet set) =>
        [
            set.Id,
            set.Reason == BackupReason.Manual ? "manual" : "migration",
            ReadableText.Size(set.SizeBytes),
            set.Verified ? "ok" : "failed",
            string.Join(", ", set.Databases.Select(database => database.Name)),
        ];
}
