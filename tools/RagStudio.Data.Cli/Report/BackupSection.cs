using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The report's section about backup sets.</summary>
internal static class BackupSection
{
    private static readonly string[] Columns = ["Backup", "Age", "Reason", "Size", "Check when made", "Content"];

    public static void Write(HtmlWriter html, ReportContent content) =>
        Section.Write(
            html,
            "backups",
            "Backups",
            () =>
            {
                if (content.Backups.Value is not { } sets)
                {
                    Section.Note(html, $"The backups could not be read: {content.Backups.Reason}");
                }
                else if (sets.Count == 0)
                {
                    Section.Note(html, "There are no backups.");
                }
                else
                {
                    WriteTable(html, sets, content.MadeAt);
                }
            }
        );

    private static void WriteTable(HtmlWriter html, IReadOnlyList<BackupSet> sets, DateTimeOffset now)
    {
        var size = ReadableText.Size(sets.Sum(set => set.SizeBytes));
        var caption = $"{ReadableText.Count(sets.Count, "backup")}, {size} in total, newest first";
        HtmlTable.Write(html, caption, Columns, sets.Select(set => Row(html, set, now)));
        if (sets.Any(set => set.IsKept))
        {
            Section.Note(html, "What migrations dropped is kept in the database, and comes back when they are undone.");
        }
        Section.Note(html, "The check was made with the backup. 'ragstudio-db backup verify' repeats it.");
    }

    private static void WriteCheck(HtmlWriter html, BackupSet set)
    {
        var check = BackupView.CheckOf(set, set.Verified);
        var tone = check switch
        {
            "ok" => Tone.Good,
            "damaged" => Tone.Bad,
            _ => Tone.Attention,
        };
        Badge.Write(html, check == "ok" ? "passed" : check, tone);
    }

    private static Action[] Row(HtmlWriter html, BackupSet set, DateTimeOffset now) =>
        [
            () => html.Element("code", set.Id),
            () => html.Text(Age.Describe(set.CreatedAt, now)),
            () => html.Text(BackupView.ReasonOf(set)),
            () => html.Text(ReadableText.Size(set.SizeBytes)),
            () => WriteCheck(html, set),
            () => html.Text(string.Join(", ", BackupView.ContentOf(set))),
        ];
}
