namespace RagStudio.Data;

/// <summary>A source text to be taken into a knowledge base, cut into chunks already.</summary>
public sealed record NewDocument
{
    /// <summary>The version of a knowledge base that takes it in.</summary>
    public required string KnowledgeBaseId { get; init; }

    /// <summary>Shown to the user.</summary>
    public required string Title { get; init; }

    /// <summary>Where the text was read from.</summary>
    public required string SourcePath { get; init; }

    /// <summary>Lower-case hex SHA-256 of the source's bytes.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Size of the source in bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>The pieces in their order; may be added later.</summary>
    public IReadOnlyCollection<NewChunk> Chunks { get; init; } = [];

    /// <summary>Null lets the repository choose a UUIDv7.</summary>
    public string? Id { get; init; }

    /// <summary>Under which terms the content may be used, as far as known.</summary>
    public string? LicenseInfo { get; init; }

    /// <summary>Free JSON of the application.</summary>
    public string? Metadata { get; init; }
}
