namespace RagStudio.Data.Cli;

/// <summary>The content of a file.</summary>
/// <param name="Text">Its characters.</param>
/// <param name="ContentHash">The lower-case hexadecimal SHA-256 of its bytes.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record SourceText(string Text, string ContentHash, long Bytes);
