namespace RagStudio.Data.Cli;

/// <summary>A piece of a text.</summary>
/// <param name="Content">The piece, as it stands in the text, from its first word to its last.</param>
/// <param name="WordCount">How many words it has.</param>
internal sealed record TextChunk(string Content, int WordCount);
