namespace RagStudio.Data;

/// <summary>The content of a source when it was read again.</summary>
/// <param name="ContentHash">The lower-case hexadecimal SHA-256 of the source's bytes.</param>
/// <param name="SizeBytes">The size of the source in bytes.</param>
/// <param name="Chunks">The chunks, in order.</param>
public sealed record SourceContent(string ContentHash, long SizeBytes, IReadOnlyCollection<NewChunk> Chunks);
