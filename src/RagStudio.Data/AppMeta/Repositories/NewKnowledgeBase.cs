namespace RagStudio.Data;

/// <summary>What a knowledge base, or a new version of one, is made from.</summary>
public sealed record NewKnowledgeBase
{
    /// <summary>Shared by all versions; what users and other programs call it by.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the model that turns its chunks into vectors.</summary>
    public required string EmbedderModel { get; init; }

    /// <summary>Null lets the repository choose a UUIDv7.</summary>
    public string? Id { get; init; }

    /// <summary>Largest size of a chunk, in tokens, at least 1.</summary>
    /// <value>512 by default.</value>
    public int ChunkSize { get; init; } = 512;

    /// <summary>Tokens that a chunk repeats from the one before it, less than <see cref="ChunkSize"/>.</summary>
    /// <value>50 by default.</value>
    public int ChunkOverlap { get; init; } = 50;

    /// <summary>The initial search status.</summary>
    /// <value><see cref="KnowledgeBaseStatus.Active"/> by default.</value>
    public KnowledgeBaseStatus Status { get; init; } = KnowledgeBaseStatus.Active;

    /// <summary>What the user wrote about it.</summary>
    public string? Description { get; init; }

    /// <summary>Free JSON of the application.</summary>
    public string? Metadata { get; init; }

    internal void ThrowIfInvalid()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Name);
        ArgumentOutOfRangeException.ThrowIfLessThan(ChunkSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ChunkOverlap);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(ChunkOverlap, ChunkSize);
    }

    internal KnowledgeBase ToRow(int version, int? pinnedVersion, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return new()
        {
            Id = Id ?? RowId.New(time),
            Name = Name,
            Version = version,
            Status = Status,
            EmbedderModel = EmbedderModel,
            ChunkSize = ChunkSize,
            ChunkOverlap = ChunkOverlap,
            Description = Description,
            Metadata = Metadata,
            CreatedAt = now,
            UpdatedAt = now,
            PinnedVersion = pinnedVersion,
        };
    }
}
