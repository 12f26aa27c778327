using System.Text.Json;

namespace RagStudio.Data.Cli;

/// <summary>
/// The events of an import, in the stream of the knowledge base. They contain ids, hashes and numbers, but no
/// content.
/// </summary>
internal sealed class ImportEvents(EventStore store)
{
    public const string AggregateType = "knowledge_base";
    public const string Created = "knowledge_base.created";
    public const string DocumentImported = "document.imported";
    public const string Deleted = "knowledge_base.deleted";

    /// <summary>Starts the stream of a knowledge base that has no events yet.</summary>
    public async Task BeginAsync(KnowledgeBase knowledgeBase, CancellationToken cancellationToken)
    {
        var stream = StreamOf(knowledgeBase.Id);
        if (await store.GetVersionAsync(stream, cancellationToken) == 0)
        {
            await store.AppendAsync(stream, [CreatedEvent(knowledgeBase)], ExpectedVersion.NoEvents, cancellationToken);
        }
    }

    /// <summary>Appends events for documents that are now in the knowledge base, in one transaction.</summary>
    public Task AppendAsync(string knowledgeBaseId, IEnumerable<ImportedDocument> documents) =>
        // Not cancelable: the documents are committed, and their events must follow.
        store.AppendAsync(
            StreamOf(knowledgeBaseId),
            [.. documents.Select(document => ImportedEvent(knowledgeBaseId, document))],
            ExpectedVersion.Any,
            CancellationToken.None
        );

    /// <summary>
    /// Ends the stream of a knowledge base that was lost in a power failure, unless someone has written to it
    /// since.
    /// </summary>
    public Task EndAsync(string knowledgeBaseId, long version, CancellationToken cancellationToken) =>
        store.AppendAsync(
            StreamOf(knowledgeBaseId),
            [new NewEvent(Deleted, JsonSerializer.Serialize(new { kb_id = knowledgeBaseId, reason = "lost" }))],
            ExpectedVersion.At(version),
            cancellationToken
        );

    /// <summary>Reads the stream of a knowledge base.</summary>
    public IAsyncEnumerable<StoredEvent> ReadAsync(string knowledgeBaseId, CancellationToken cancellationToken) =>
        store.ReadAsync(StreamOf(knowledgeBaseId), cancellationToken: cancellationToken);

    /// <summary>Removes from a set of documents those that an event of the knowledge base refers to.</summary>
    public async Task RemoveKnownAsync(
        string knowledgeBaseId,
        Dictionary<string, ImportedDocument> documents,
        CancellationToken cancellationToken
    )
    {
        await foreach (var row in ReadAsync(knowledgeBaseId, cancellationToken))
        {
            if (TextOf(row.EventData, "document_id") is { } id)
            {
                documents.Remove(id);
            }
        }
    }

    private static StreamId StreamOf(string knowledgeBaseId) => new(AggregateType, knowledgeBaseId);

    private static NewEvent CreatedEvent(KnowledgeBase row) =>
        new(
            Created,
            JsonSerializer.Serialize(
                new
                {
                    kb_id = row.Id,
                    version = row.Version,
                    chunk_size = row.ChunkSize,
                    chunk_overlap = row.ChunkOverlap,
                }
            )
        );

    private static NewEvent ImportedEvent(string knowledgeBaseId, ImportedDocument document) =>
        new(
            DocumentImported,
            JsonSerializer.Serialize(
                new
                {
                    kb_id = knowledgeBaseId,
                    document_id = document.Id,
                    content_hash = document.ContentHash,
                    chunk_count = document.ChunkCount,
                    size_bytes = document.SizeBytes,
                }
            )
        );

    /// <summary>Reads a string from an event's data; null if there is none.</summary>
    public static string? TextOf(string eventData, string property)
    {
        using var json = JsonDocument.Parse(eventData);
        return
            json.RootElement.ValueKind == JsonValueKind.Object
            && json.RootElement.TryGetProperty(property, out var value)
            && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
    }
}
