namespace RagStudio.Data.Cli;

/// <summary>Shows text to the user.</summary>
internal interface IDisplay
{
    /// <summary>Shows a line. Characters that would control the terminal are escaped.</summary>
    void Line(string text, Tone tone = Tone.Neutral);

    /// <summary>Shows a table; nothing if it has no rows.</summary>
    void Table(TableContent table);
}
