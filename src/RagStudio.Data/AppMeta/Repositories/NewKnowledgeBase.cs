namespace RagStudio.Data;

/// <summary>The data for a new knowledge base, or a new version of one.</summary>
public sealed record NewKnowledgeBase
{
    /// <summary>The name by which users and other programs refer to it; shared by all versions.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the model that embeds its chunks.</summary>
    public required string EmbedderModel { get; init; }

    /// <summary>The id; null lets the repository choose a UUIDv7.</summary>
    public string? Id { get; init; }

    /// <summary>The maximum size of a chunk, in tokens, at least 1.</summary>
    /// <value>512 by default.</value>
    public int ChunkSize { get; init; } = 512;

    /// <summary>The number of tokens that a chunk repeats from the previous one, less than <see cref="ChunkSize"/>.</summary>
    /// <value>50 by default.</value>
    public int ChunkOverlap { get; init; } = 50;

    /// <summary>The initial search status.</summary>
    /// <value><see cref="KnowledgeBaseStatus.Active"/> by default.</value>
    public KnowledgeBaseStatus Status { get; init; } = KnowledgeBaseStatus.Active;

    /// <summary>The user's description.</summary>
    public string? Description { get; init; }

    /// <summary>Application-defined JSON.</summary>
    public string? Metadata { get; init; }

    internal void ThrowIfInvalid()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Name);
        DemandChunks(ChunkSize, ChunkOverlap);
    }

    internal static void DemandChunks(int chunkSize, int chunkOverlap)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(chunkOverlap);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(chunkOverlap, chunkSize);
    }

    internal KnowledgeBase ToRow(int version, int? pinnedVersion, TimeProvider time)
    {
        var now = time.GetStoredNow();
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
