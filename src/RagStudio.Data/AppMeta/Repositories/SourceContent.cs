namespace RagStudio.Data;

/// <summary>What a source held when it was read again.</summary>
/// <param name="ContentHash">Lower-case hex SHA-256 of the source's bytes.</param>
/// <param name="SizeBytes">Size of the source in bytes.</param>
/// <param name="Chunks">The pieces in their order.</param>
public sealed record SourceContent(string ContentHash, long SizeBytes, IReadOnlyCollection<NewChunk> Chunks);
