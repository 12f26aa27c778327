namespace RagStudio.Data;

/// <summary>A chunk as an embedder or a reader needs it.</summary>
/// <param name="Id">The id.</param>
/// <param name="ChunkIndex">The position within the document, from 0; pages are sorted by it.</param>
/// <param name="Content">The text.</param>
/// <param name="TokenCount">The number of tokens according to the embedder; null until they are counted.</param>
public sealed record ChunkContent(string Id, int ChunkIndex, string Content, int? TokenCount);
