namespace RagStudio.Data;

/// <summary>A chunk that matches a search.</summary>
/// <param name="ChunkId">The chunk's id.</param>
/// <param name="DocumentId">The document that it belongs to.</param>
/// <param name="DocumentTitle">That document's title.</param>
/// <param name="ChunkIndex">The position within the document, from 0.</param>
/// <param name="Content">The text.</param>
/// <param name="Score">
/// How well it matches; higher is better. Comparable only within one search.
/// </param>
public sealed record ChunkMatch(
    string ChunkId,
    string DocumentId,
    string DocumentTitle,
    int ChunkIndex,
    string Content,
    double Score
);
