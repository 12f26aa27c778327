using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

// Inserts into one context within a transaction that the caller began.
internal sealed class DocumentWriter(AppMetaContext context, TimeProvider time) : IDisposable
{
    private readonly PreparedStatement _documents = PreparedStatement.Insert(
        context,
        "documents",
        "id",
        "kb_id",
        "title",
        "source_path",
        "content_hash",
        "license_info",
        "metadata",
        "chunk_count",
        "size_bytes",
        "created_at",
        "updated_at"
    );

    private readonly PreparedStatement _chunks = PreparedStatement.Insert(
        context,
        "document_chunks",
        "id",
        "document_id",
        "kb_id",
        "chunk_index",
        "content",
        "content_hash",
        "token_count",
        "metadata",
        "created_at"
    );

    private readonly DateTimeOffset _now = time.GetStoredNow();

    public async Task<Document> WriteAsync(NewDocument added, CancellationToken cancellationToken)
    {
        var row = added.ToRow(added.Id ?? RowId.New(time), _now);
        await WriteRowAsync(row, cancellationToken).ConfigureAwait(false);
        await WriteChunksAsync(row.Id, row.KnowledgeBaseId, 0, added.Chunks, cancellationToken).ConfigureAwait(false);
        return row;
    }

    public async Task WriteChunksAsync(
        string documentId,
        string knowledgeBaseId,
        int firstIndex,
        IReadOnlyCollection<NewChunk> added,
        CancellationToken cancellationToken
    )
    {
        var index = firstIndex;
        foreach (var chunk in added)
        {
            await _chunks
                .ExecuteAsync(
                    [
                        chunk.Id ?? RowId.New(time),
                        documentId,
                        knowledgeBaseId,
                        index++,
                        chunk.Content,
                        chunk.ContentHash,
                        chunk.TokenCount,
                        chunk.Metadata,
                        _now,
                    ],
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
    }

    /// <summary>Adds to a document's chunk count.</summary>
    public Task CountAsync(string documentId, int added, CancellationToken cancellationToken) =>
        context
            .Documents.Where(row => row.Id == documentId)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.ChunkCount, row => row.ChunkCount + added)
                        .SetProperty(row => row.UpdatedAt, _now),
                cancellationToken
            );

    /// <summary>
    /// Deletes a document's chunks and records the new content's hash and size. Its chunks are added
    /// afterwards.
    /// </summary>
    public async Task ClearAsync(string documentId, SourceContent content, CancellationToken cancellationToken)
    {
        await context
            .DocumentChunks.Where(row => row.DocumentId == documentId)
            .ExecuteDeleteAsync(cancellationToken)
            .ConfigureAwait(false);
        await context
            .Documents.Where(row => row.Id == documentId)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.ContentHash, content.ContentHash)
                        .SetProperty(row => row.SizeBytes, content.SizeBytes)
                        .SetProperty(row => row.ChunkCount, content.Chunks.Count)
                        .SetProperty(row => row.UpdatedAt, _now),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    public void Dispose()
    {
        _documents.Dispose();
        _chunks.Dispose();
    }

    private Task WriteRowAsync(Document row, CancellationToken cancellationToken) =>
        _documents.ExecuteAsync(
            [
                row.Id,
                row.KnowledgeBaseId,
                row.Title,
                row.SourcePath,
                row.ContentHash,
                row.LicenseInfo,
                row.Metadata,
                row.ChunkCount,
                row.SizeBytes,
                _now,
                _now,
            ],
            cancellationToken
        );
}
