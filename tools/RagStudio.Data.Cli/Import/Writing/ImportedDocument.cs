namespace RagStudio.Data.Cli;

/// <summary>A document as its event describes it.</summary>
/// <param name="Id">The document's id.</param>
/// <param name="ContentHash">The lower-case hexadecimal SHA-256 of its source.</param>
/// <param name="ChunkCount">The number of its chunks.</param>
/// <param name="SizeBytes">The size of its source.</param>
internal sealed record ImportedDocument(string Id, string ContentHash, int ChunkCount, long SizeBytes);
