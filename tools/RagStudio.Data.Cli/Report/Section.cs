namespace RagStudio.Data.Cli;

/// <summary>A part of the page with a heading.</summary>
internal static class Section
{
    public static void Write(HtmlWriter html, string id, string heading, Action content) =>
        html.Element(
            "section",
            () =>
            {
                html.Element("h2", heading, ("id", id));
                content();
            },
            ("aria-labelledby", id)
        );

    /// <summary>Writes that there is nothing to show, or why it could not be read.</summary>
    public static void Note(HtmlWriter html, string text) => html.Element("p", text, ("class", "note"));
}
