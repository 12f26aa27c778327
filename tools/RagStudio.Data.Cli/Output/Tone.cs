namespace RagStudio.Data.Cli;

/// <summary>The tone of a line, which a terminal shows as a color.</summary>
internal enum Tone
{
    /// <summary>A fact.</summary>
    Neutral,

    /// <summary>All is well.</summary>
    Good,

    /// <summary>Something needs to be done.</summary>
    Attention,

    /// <summary>Something is wrong.</summary>
    Bad,
}
