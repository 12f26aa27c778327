using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The report's section about the state of each database.</summary>
internal static class StateSection
{
    public static void Write(HtmlWriter html, ReportContent content) =>
        Section.Write(
            html,
            "state",
            "State",
            () =>
            {
                html.Element(
                    "div",
                    () =>
                    {
                        foreach (var database in content.Status.Databases)
                        {
                            var file = content.Files.First(one => one.Databases.Contains(database.Name));
                            html.Element("article", () => WriteCard(html, database, file), ("class", "card"));
                        }
                    },
                    ("class", "cards")
                );
                if (content.Status.LastMigrationTime is { } time)
                {
                    var age = Age.Describe(time, content.MadeAt);
                    html.Element("p", $"Last migration: {ReadableText.Time(time)}, {age}.", ("class", "quiet"));
                }
            }
        );

    private static void WriteCard(HtmlWriter html, DatabaseStatus database, ReportedFile file)
    {
        html.Element("h3", database.Name);
        html.Element("p", () => WriteBadge(html, database, file));
        html.Element(
            "dl",
            () =>
            {
                Fact(html, "Version", database.CurrentVersion ?? "none");
                Fact(html, "Applied", $"{database.Applied.Count}");
                Fact(html, "Pending", $"{database.Pending.Count}");
                Fact(html, "Unknown", $"{database.Unknown.Count}");
                Fact(html, "Size", file.Exists ? SizeOf(file) : "none yet");
                Fact(html, "Path", database.Path);
            }
        );
        WriteList(html, "Pending", database.Pending);
        WriteList(html, "Unknown to this program", database.Unknown);
        WriteList(html, "Differs from the migrations", database.Drift);
    }

    private static string SizeOf(ReportedFile file) =>
        ReadableText.Size(file.Bytes) + (file.Databases.Count > 1 ? $", shared by {file.Title}" : "");

    private static void WriteBadge(HtmlWriter html, DatabaseStatus database, ReportedFile file)
    {
        var (word, tone) = (database, file.Exists) switch
        {
            (_, false) => ("does not exist yet", Tone.Attention),
            ({ Drift.Count: > 0 }, _) => ("drifted", Tone.Bad),
            ({ Unknown.Count: > 0 }, _) => ("has migrations unknown to this program", Tone.Bad),
            ({ Pending.Count: > 0 }, _) => ("migrations are pending", Tone.Attention),
            _ => ("all migrations are applied", Tone.Good),
        };
        Badge.Write(html, word, tone);
    }

    private static void Fact(HtmlWriter html, string name, string value)
    {
        html.Element("dt", name);
        html.Element("dd", value);
    }

    private static void WriteList(HtmlWriter html, string heading, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        html.Element("h4", heading);
        html.Element(
            "ul",
            () =>
            {
                foreach (var line in lines)
                {
                    html.Element("li", line);
                }
            }
        );
    }
}
