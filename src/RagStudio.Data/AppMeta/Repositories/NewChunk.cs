namespace RagStudio.Data;

/// <summary>A piece of a document to be added; its place among the others is its index.</summary>
public sealed record NewChunk
{
    /// <summary>The text itself.</summary>
    public required string Content { get; init; }

    /// <summary>Lower-case hex SHA-256 of the text's UTF-8 bytes.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Null lets the repository choose a UUIDv7.</summary>
    public string? Id { get; init; }

    /// <summary>Tokens as the embedder counts them, or null before they were counted.</summary>
    public int? TokenCount { get; init; }

    /// <summary>Free JSON of the application.</summary>
    public string? Metadata { get; init; }
}
