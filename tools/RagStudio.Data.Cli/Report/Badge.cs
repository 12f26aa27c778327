namespace RagStudio.Data.Cli;

/// <summary>A word with a symbol in front, so it does not rely on color alone.</summary>
internal static class Badge
{
    public static void Write(HtmlWriter html, string word, Tone tone) =>
        html.Element(
            "span",
            () =>
            {
                html.Element("span", Sign(tone), ("aria-hidden", "true"));
                html.Text(" " + word);
            },
            ("class", "badge " + Class(tone))
        );

    public static string Sign(Tone tone) =>
        tone switch
        {
            Tone.Good => "✓",
            Tone.Attention => "!",
            Tone.Bad => "✕",
            _ => "•",
        };

    public static string Class(Tone tone) =>
        tone switch
        {
            Tone.Good => "good",
            Tone.Attention => "attention",
            Tone.Bad => "bad",
            _ => "neutral",
        };
}
