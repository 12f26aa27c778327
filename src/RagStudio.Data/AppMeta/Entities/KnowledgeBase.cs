namespace RagStudio.Data;

/// <summary>One version of a knowledge base: a set of documents cut into chunks and embedded by one model.</summary>
/// <remarks>Name and version are unique together; deleting the row deletes its documents and chunks.</remarks>
public sealed class KnowledgeBase
{
    /// <summary>Chosen by the application: a UUIDv7 for new rows, so that ids sort by age.</summary>
    public required string Id { get; init; }

    /// <summary>Shared by all versions of the same knowledge base.</summary>
    public required string Name { get; set; }

    /// <summary>Counts up from 1 within a name.</summary>
    public int Version { get; set; } = 1;

    /// <summary>The search status.</summary>
    public required KnowledgeBaseStatus Status { get; set; }

    /// <summary>Name of the model that turns its chunks into vectors.</summary>
    public required string EmbedderModel { get; set; }

    /// <summary>Largest size of a chunk, in tokens.</summary>
    public int ChunkSize { get; set; } = 512;

    /// <summary>Tokens that a chunk repeats from the one before it; 0 for none.</summary>
    public int ChunkOverlap { get; set; } = 50;

    /// <summary>What the user wrote about it.</summary>
    public string? Description { get; set; }

    /// <summary>Free JSON of the application; the database refuses text that is not valid JSON.</summary>
    public string? Metadata { get; set; }

    /// <summary>0 (unusable) to 1 (healthy).</summary>
    public double HealthScore { get; set; } = 1.0;

    /// <summary>When the row was made (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the row was last changed (UTC).</summary>
    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>The version that readers of this name are held at, or null to follow the newest.</summary>
    public int? PinnedVersion { get; set; }
}
