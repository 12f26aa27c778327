namespace RagStudio.Data;

/// <summary>A chunk to be added to a document; its position among the others is its index.</summary>
public sealed record NewChunk
{
    /// <summary>The text.</summary>
    public required string Content { get; init; }

    /// <summary>The lower-case hexadecimal SHA-256 of the text's UTF-8 bytes.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The id; null lets the repository choose a UUIDv7.</summary>
    public string? Id { get; init; }

    /// <summary>The number of tokens according to the embedder; null until they are counted.</summary>
    public int? TokenCount { get; init; }

    /// <summary>Application-defined JSON.</summary>
    public string? Metadata { get; init; }
}
