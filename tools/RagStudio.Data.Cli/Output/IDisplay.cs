namespace RagStudio.Data.Cli;

/// <summary>Takes text for people.</summary>
internal interface IDisplay
{
    /// <summary>Shows one line. What would steer the terminal is shown as an escape.</summary>
    void Line(string text, Tone tone = Tone.Neutral);

    /// <summary>Shows a table; nothing where it has no row.</summary>
    void Table(TableContent table);
}
