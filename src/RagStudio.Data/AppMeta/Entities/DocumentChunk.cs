namespace RagStudio.Data;

/// <summary>A piece of a document, small enough to be embedded and found on its own.</summary>
/// <remarks>Unique by document and index; never changed, only replaced.</remarks>
public sealed class DocumentChunk
{
    /// <summary>Chosen by the application: a UUIDv7 for new rows, so that ids sort by age.</summary>
    public required string Id { get; init; }

    /// <summary>The <see cref="Document"/> that it was cut from.</summary>
    public required string DocumentId { get; init; }

    /// <summary>The document's <see cref="KnowledgeBase"/>, kept here so that a search needs no join.</summary>
    public required string KnowledgeBaseId { get; init; }

    /// <summary>Place within the document, from 0.</summary>
    public required int ChunkIndex { get; init; }

    /// <summary>The text itself.</summary>
    public required string Content { get; init; }

    /// <summary>Lower-case hex SHA-256 of the text's UTF-8 bytes.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Tokens as the embedder counts them, or null before they were counted.</summary>
    public int? TokenCount { get; init; }

    /// <summary>Free JSON of the application; the database refuses text that is not valid JSON.</summary>
    public string? Metadata { get; init; }

    /// <summary>When the row was made (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
