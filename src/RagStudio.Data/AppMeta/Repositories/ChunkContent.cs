namespace RagStudio.Data;

/// <summary>A chunk as an embedder or a reader needs it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ChunkIndex">Place within the document, from 0; pages are in this order.</param>
/// <param name="Content">The text itself.</param>
/// <param name="TokenCount">Tokens as the embedder counts them, or null before they were counted.</param>
public sealed record ChunkContent(string Id, int ChunkIndex, string Content, int? TokenCount);
