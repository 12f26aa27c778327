namespace RagStudio.Data;

/// <summary>A part of a document, small enough to be embedded and found by itself.</summary>
/// <remarks>Unique by document and index; never changed, only replaced.</remarks>
public sealed class DocumentChunk
{
    /// <summary>The id, chosen by the application: a UUIDv7 for new rows, so ids sort by age.</summary>
    public required string Id { get; init; }

    /// <summary>The <see cref="Document"/> that it was cut from.</summary>
    public required string DocumentId { get; init; }

    /// <summary>The document's <see cref="KnowledgeBase"/>, stored here so a search needs no join.</summary>
    public required string KnowledgeBaseId { get; init; }

    /// <summary>The position within the document, from 0.</summary>
    public required int ChunkIndex { get; init; }

    /// <summary>The text.</summary>
    public required string Content { get; init; }

    /// <summary>The lower-case hexadecimal SHA-256 of the text's UTF-8 bytes.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The number of tokens according to the embedder; null until they are counted.</summary>
    public int? TokenCount { get; init; }

    /// <summary>Application-defined JSON; the database rejects text that is not valid JSON.</summary>
    public string? Metadata { get; init; }

    /// <summary>The time of creation (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
