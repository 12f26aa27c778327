namespace RagStudio.Data;

/// <summary>A document as lists show it, without its text.</summary>
/// <param name="Id">Its id; pages are in the order of ids.</param>
/// <param name="Title">Shown to the user.</param>
/// <param name="SourcePath">Where the text was read from.</param>
/// <param name="ContentHash">Lower-case hex SHA-256 of the source's bytes.</param>
/// <param name="ChunkCount">Number of its chunks.</param>
/// <param name="SizeBytes">Size of the source in bytes.</param>
/// <param name="UpdatedAt">When it was last changed (UTC).</param>
public sealed record DocumentSummary(
    string Id,
    string Title,
    string SourcePath,
    string ContentHash,
    int ChunkCount,
    long SizeBytes,
    DateTimeOffset UpdatedAt
);
