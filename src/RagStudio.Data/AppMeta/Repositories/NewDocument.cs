namespace RagStudio.Data;

/// <summary>A source text to be added to a knowledge base, already split into chunks.</summary>
public sealed record NewDocument
{
    /// <summary>The version of a knowledge base that it is added to.</summary>
    public required string KnowledgeBaseId { get; init; }

    /// <summary>The title shown to the user.</summary>
    public required string Title { get; init; }

    /// <summary>The source of the text.</summary>
    public required string SourcePath { get; init; }

    /// <summary>The lower-case hexadecimal SHA-256 of the source's bytes.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The size of the source in bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>The chunks, in order; more can be added later.</summary>
    public IReadOnlyCollection<NewChunk> Chunks { get; init; } = [];

    /// <summary>The id; null lets the repository choose a UUIDv7.</summary>
    public string? Id { get; init; }

    /// <summary>The license terms of the content, as far as known.</summary>
    public string? LicenseInfo { get; init; }

    /// <summary>Application-defined JSON.</summary>
    public string? Metadata { get; init; }

    internal Document ToRow(string id, DateTimeOffset now) =>
        new()
        {
            Id = id,
            KnowledgeBaseId = KnowledgeBaseId,
            Title = Title,
            SourcePath = SourcePath,
            ContentHash = ContentHash,
            LicenseInfo = LicenseInfo,
            Metadata = Metadata,
            ChunkCount = Chunks.Count,
            SizeBytes = SizeBytes,
            CreatedAt = now,
            UpdatedAt = now,
        };
}
