namespace RagStudio.Data.Cli;

/// <summary>A chunk of a text.</summary>
/// <param name="Content">The unchanged text from its first word to its last.</param>
/// <param name="WordCount">The number of its words.</param>
internal sealed record TextChunk(string Content, int WordCount);
