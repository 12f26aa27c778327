using System.Globalization;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The report's section about the history, as a timeline.</summary>
internal static class HistorySection
{
    public static void Write(HtmlWriter html, ReportContent content) =>
        Section.Write(
            html,
            "history",
            "History",
            () =>
            {
                if (content.History.Count == 0)
                {
                    Section.Note(html, "The history is empty.");
                    return;
                }

                html.Element("p", "Newest first. Bars show durations relative to the longest.", ("class", "quiet"));
                html.Element("ol", () => WriteLines(html, content.History), ("class", "timeline"));
                if (content.HistoryGoesOn)
                {
                    Section.Note(html, "'ragstudio-db history --limit N' shows older entries.");
                }
            }
        );

    private static void WriteLines(HtmlWriter html, IReadOnlyList<MigrationRecord> records)
    {
        var longest = records.Max(record => record.Duration);
        foreach (var record in records)
        {
            html.Element(
                "li",
                () => WriteLine(html, record, longest),
                ("class", Badge.Class(MigrationEventText.ToneOf(record.Event)))
            );
        }
    }

    private static void WriteLine(HtmlWriter html, MigrationRecord record, TimeSpan longest)
    {
        html.Element(
            "p",
            () =>
            {
                Badge.Write(html, MigrationEventText.NameOf(record.Event), MigrationEventText.ToneOf(record.Event));
                html.Text(" ");
                html.Element("strong", record.Name ?? "the whole database");
            }
        );
        html.Element("p", () => WriteFacts(html, record), ("class", "quiet"));
        if (record.Duration > TimeSpan.Zero)
        {
            WriteBar(html, record.Duration / longest);
        }

        if (record.Detail is { Length: > 0 } detail)
        {
            html.Element("p", detail, ("class", "detail"));
        }
    }

    private static void WriteFacts(HtmlWriter html, MigrationRecord record)
    {
        var time = record.AppliedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        html.Element("time", ReadableText.Time(record.AppliedAt), ("datetime", time));
        string[] facts =
        [
            record.Database,
            .. record.Kind is { } kind ? [kind.ToString().ToLowerInvariant()] : Array.Empty<string>(),
            ReadableText.Duration(record.Duration),
            $"program {record.ProgramVersion}",
        ];
        html.Text(" · " + string.Join(" · ", facts));
    }

    // The number is in the text as well: the bar is only visual.
    private static void WriteBar(HtmlWriter html, double share) =>
        html.Element(
            "svg",
            () =>
                html.Void(
                    "rect",
                    ("width", FormattableString.Invariant($"{Math.Max(share * 100, 0.5):0.##}")),
                    ("height", "4")
                ),
            ("class", "bar"),
            ("viewBox", "0 0 100 4"),
            ("preserveAspectRatio", "none"),
            ("aria-hidden", "true")
        );
}
