namespace RagStudio.Data;

/// <summary>A version of a knowledge base: a set of documents, split into chunks and embedded by one model.</summary>
/// <remarks>The combination of name and version is unique; deleting the row deletes its documents and chunks.</remarks>
public sealed class KnowledgeBase
{
    /// <summary>The id, chosen by the application: a UUIDv7 for new rows, so ids sort by age.</summary>
    public required string Id { get; init; }

    /// <summary>Shared by all versions of the same knowledge base.</summary>
    public required string Name { get; set; }

    /// <summary>The version number, counted from 1 within a name.</summary>
    public int Version { get; set; } = 1;

    /// <summary>The search status.</summary>
    public required KnowledgeBaseStatus Status { get; set; }

    /// <summary>The name of the model that embeds its chunks.</summary>
    public required string EmbedderModel { get; set; }

    /// <summary>The maximum size of a chunk, in tokens.</summary>
    public int ChunkSize { get; set; } = 512;

    /// <summary>The number of tokens that a chunk repeats from the previous one; 0 for none.</summary>
    public int ChunkOverlap { get; set; } = 50;

    /// <summary>The user's description.</summary>
    public string? Description { get; set; }

    /// <summary>Application-defined JSON; the database rejects text that is not valid JSON.</summary>
    public string? Metadata { get; set; }

    /// <summary>From 0 (unusable) to 1 (healthy).</summary>
    public double HealthScore { get; set; } = 1.0;

    /// <summary>The time of creation (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of the last change (UTC).</summary>
    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>The version that readers of this name are pinned to; null to follow the newest.</summary>
    public int? PinnedVersion { get; set; }
}
