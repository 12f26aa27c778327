namespace RagStudio.Data;

/// <summary>A document in a list, without its text.</summary>
/// <param name="Id">The id; pages are sorted by it.</param>
/// <param name="Title">The title shown to the user.</param>
/// <param name="SourcePath">The source of the text.</param>
/// <param name="ContentHash">The lower-case hexadecimal SHA-256 of the source's bytes.</param>
/// <param name="ChunkCount">The number of its chunks.</param>
/// <param name="SizeBytes">The size of the source in bytes.</param>
/// <param name="UpdatedAt">The time of the last change (UTC).</param>
public sealed record DocumentSummary(
    string Id,
    string Title,
    string SourcePath,
    string ContentHash,
    int ChunkCount,
    long SizeBytes,
    DateTimeOffset UpdatedAt
);
