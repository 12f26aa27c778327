using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The state of all databases, which is what most readers look for.</summary>
internal static class VerdictBanner
{
    public static void Write(HtmlWriter html, MigrationStatus status)
    {
        var (sentence, tone) = StatusView.Describe(status);
        html.Element(
            "div",
            () =>
            {
                html.Element("span", Badge.Sign(tone), ("class", "sign"), ("aria-hidden", "true"));
                html.Element("div", () => WriteWords(html, NameOf(status.Verdict), sentence));
            },
            ("class", "verdict " + Badge.Class(tone))
        );
    }

    private static void WriteWords(HtmlWriter html, string name, string sentence)
    {
        html.Element("p", name, ("class", "name"));
        html.Element("p", sentence);
    }

    private static string NameOf(MigrationVerdict verdict) =>
        verdict switch
        {
            MigrationVerdict.UpToDate => "Up to date",
            MigrationVerdict.Moved => "Moved",
            MigrationVerdict.OutOfOrder => "Out of order",
            _ => verdict.ToString(),
        };
}
