namespace RagStudio.Data;

/// <summary>A source text that was taken into a knowledge base.</summary>
/// <remarks>Goes with its knowledge base and takes its chunks along when deleted.</remarks>
public sealed class Document
{
    /// <summary>Chosen by the application: a UUIDv7 for new rows, so that ids sort by age.</summary>
    public required string Id { get; init; }

    /// <summary>The <see cref="KnowledgeBase"/> that it belongs to.</summary>
    public required string KnowledgeBaseId { get; init; }

    /// <summary>Shown to the user.</summary>
    public required string Title { get; set; }

    /// <summary>Where the text was read from.</summary>
    public required string SourcePath { get; set; }

    /// <summary>Lower-case hex SHA-256 of the source's bytes; equal hashes are the same content.</summary>
    public required string ContentHash { get; set; }

    /// <summary>Under which terms the content may be used, as far as known.</summary>
    public string? LicenseInfo { get; set; }

    /// <summary>Free JSON of the application; the database refuses text that is not valid JSON.</summary>
    public string? Metadata { get; set; }

    /// <summary>Number of its chunks.</summary>
    public int ChunkCount { get; set; }

    /// <summary>Size of the source in bytes.</summary>
    public long SizeBytes { get; set; }

    /// <summary>When the row was made (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the row was last changed (UTC).</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}
