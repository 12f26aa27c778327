namespace RagStudio.Data.Cli;

/// <summary>What an event tells of a document.</summary>
/// <param name="Id">The document's id.</param>
/// <param name="ContentHash">Lower-case hex SHA-256 of its source.</param>
/// <param name="ChunkCount">Its chunks.</param>
/// <param name="SizeBytes">The size of its source.</param>
internal sealed record ImportedDocument(string Id, string ContentHash, int ChunkCount, long SizeBytes);
