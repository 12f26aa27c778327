namespace RagStudio.Data;

/// <summary>A source text that was added to a knowledge base.</summary>
/// <remarks>Deleted with its knowledge base; its chunks are deleted with it.</remarks>
public sealed class Document
{
    /// <summary>The id, chosen by the application: a UUIDv7 for new rows, so ids sort by age.</summary>
    public required string Id { get; init; }

    /// <summary>The <see cref="KnowledgeBase"/> that it belongs to.</summary>
    public required string KnowledgeBaseId { get; init; }

    /// <summary>The title shown to the user.</summary>
    public required string Title { get; set; }

    /// <summary>The source of the text.</summary>
    public required string SourcePath { get; set; }

    /// <summary>The lower-case hexadecimal SHA-256 of the source's bytes; equal hashes are the same content.</summary>
    public required string ContentHash { get; set; }

    /// <summary>The license terms of the content, as far as known.</summary>
    public string? LicenseInfo { get; set; }

    /// <summary>Application-defined JSON; the database rejects text that is not valid JSON.</summary>
    public string? Metadata { get; set; }

    /// <summary>The number of its chunks.</summary>
    public int ChunkCount { get; set; }

    /// <summary>The size of the source in bytes.</summary>
    public long SizeBytes { get; set; }

    /// <summary>The time of creation (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of the last change (UTC).</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}
