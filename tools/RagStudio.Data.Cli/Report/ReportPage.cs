namespace RagStudio.Data.Cli;

/// <summary>The page of a report: a single file that loads nothing and runs no scripts.</summary>
internal static class ReportPage
{
    public static string Write(ReportContent content, StyleSheet sheet)
    {
        var html = new HtmlWriter();
        html.Element(
            "html",
            () =>
            {
                html.Element("head", () => WriteHead(html, content, sheet));
                html.Element("body", () => WriteBody(html, content));
            },
            ("lang", "en"),
            ("xmlns", "http://www.w3.org/1999/xhtml")
        );
        return html.ToString();
    }

    private static void WriteHead(HtmlWriter html, ReportContent content, StyleSheet sheet)
    {
        html.Void("meta", ("charset", "utf-8"));
        var policy = $"default-src 'none'; style-src {sheet.Source}; base-uri 'none'; form-action 'none'";
        html.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", policy));
        html.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        html.Void("meta", ("name", "color-scheme"), ("content", "light dark"));
        html.Void("meta", ("name", "referrer"), ("content", "no-referrer"));
        html.Element("title", $"{content.Subject}: databases");
        html.Style(sheet);
    }

    private static void WriteBody(HtmlWriter html, ReportContent content)
    {
        html.Element(
            "header",
            () =>
            {
                html.Element("p", $"Database report · read {ReadableText.Time(content.MadeAt)}", ("class", "over"));
                html.Element("h1", content.Subject);
                VerdictBanner.Write(html, content.Status);
            }
        );
        html.Element(
            "main",
            () =>
            {
                StateSection.Write(html, content);
                SchemaSection.Write(html, content.Files);
                ValidationSection.Write(html, content.Validation);
                BackupSection.Write(html, content);
                HistorySection.Write(html, content);
            }
        );
        html.Element("footer", "Written by ragstudio-db. Contains no table rows. All times are UTC.");
    }
}
