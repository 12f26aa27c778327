namespace RagStudio.Data.Cli;

/// <summary>What a line means, which a terminal shows as its colour.</summary>
internal enum Tone
{
    /// <summary>A fact.</summary>
    Neutral,

    /// <summary>It is as it should be.</summary>
    Good,

    /// <summary>Something is to be done.</summary>
    Attention,

    /// <summary>Something is wrong.</summary>
    Bad,
}
