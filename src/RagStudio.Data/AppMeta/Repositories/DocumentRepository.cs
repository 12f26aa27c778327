using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>Documents and the chunks that they were split into.</summary>
/// <remarks>
/// <para>Thread-safe, and safe to use alongside other processes; each call creates a context. A document's chunk count and size
/// change in the same transaction as what they count.</para>
/// <para>With <see cref="SqliteSynchronous.Normal"/>, the default, a power failure can lose data that was not flushed: call
/// <see cref="FlushAsync"/> before an event refers to a new document.</para>
/// </remarks>
/// <param name="contexts">Creates a context for each call.</param>
/// <param name="time">Supplies the times of the rows and their ids.</param>
public sealed class DocumentRepository(IDbContextFactory<AppMetaContext> contexts, TimeProvider time)
{
    /// <summary>Adds documents with all their chunks in one transaction, optimized for thousands at a time.</summary>
    /// <returns>The documents as they are stored, in the same order.</returns>
    /// <exception cref="RowRefusedException">
    /// The database rejected a row (an id exists already, metadata is not JSON, there is no such knowledge base), or it is
    /// locked or full; nothing was written.
    /// </exception>
    public async Task<IReadOnlyList<Document>> AddAsync(
        IReadOnlyCollection<NewDocument> added,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(added);
        using var context = contexts.CreateDbContext();
        using var transaction = await context.Database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        using var writer = new DocumentWriter(context, time);
        var written = new List<Document>(added.Count);
        foreach (var document in added)
        {
            written.Add(await writer.WriteAsync(document, cancellationToken).ConfigureAwait(false));
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return written;
    }

    /// <summary>Appends chunks to a document's existing ones in one transaction.</summary>
    /// <returns>False, with nothing written, if there is no such document.</returns>
    /// <exception cref="RowRefusedException">As for whole documents; nothing was written.</exception>
    public async Task<bool> AddChunksAsync(
        string documentId,
        IReadOnlyCollection<NewChunk> added,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(added);
        using var context = contexts.CreateDbContext();
        using var transaction = await context.Database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        var document = await context
            .Documents.Where(row => row.Id == documentId)
            .Select(row => new
            {
                row.KnowledgeBaseId,
                LastIndex = context
                    .DocumentChunks.Where(chunk => chunk.DocumentId == row.Id)
                    .Max(chunk => (int?)chunk.ChunkIndex),
            })
            .SingleOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        if (document is null)
        {
            return false;
        }

        using var writer = new DocumentWriter(context, time);
        var firstIndex = (document.LastIndex ?? -1) + 1;
        await writer
            .WriteChunksAsync(documentId, document.KnowledgeBaseId, firstIndex, added, cancellationToken)
            .ConfigureAwait(false);
        await writer.CountAsync(documentId, added.Count, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// Replaces a document's content with the present content of its source: hash, size and all chunks, in
    /// one transaction.
    /// </summary>
    /// <returns>False, with nothing written, if there is no such document.</returns>
    /// <exception cref="RowRefusedException">
    /// As for whole documents; the old content is kept.
    /// </exception>
    public async Task<bool> ReplaceContentAsync(
        string documentId,
        SourceContent content,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(content);
        using var context = contexts.CreateDbContext();
        using var transaction = await context.Database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        var knowledgeBaseId = await context
            .Documents.Where(row => row.Id == documentId)
            .Select(row => row.KnowledgeBaseId)
            .SingleOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        if (knowledgeBaseId is null)
        {
            return false;
        }

        using var writer = new DocumentWriter(context, time);
        await writer.ClearAsync(documentId, content, cancellationToken).ConfigureAwait(false);
        await writer
            .WriteChunksAsync(documentId, knowledgeBaseId, 0, content.Chunks, cancellationToken)
            .ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Changes a document: reads it, hands it to <paramref name="edit"/>, and writes what that has changed.</summary>
    /// <param name="documentId">The document.</param>
    /// <param name="edit">
    /// Sets the new values, of all but what describes its content. It runs within a transaction: keep it short.
    /// </param>
    /// <param name="cancellationToken">Cancels the call before anything is written.</param>
    /// <returns>The document as it is stored now; null if there is none.</returns>
    /// <exception cref="ArgumentException">
    /// The hash, the size or the number of chunks was changed; nothing was written.
    /// </exception>
    public async Task<Document?> EditAsync(
        string documentId,
        Action<Document> edit,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(edit);
        using var context = contexts.CreateDbContext();
        return await context
            .EditAsync<Document>(
                documentId,
                row =>
                {
                    edit(row);
                    row.UpdatedAt = time.GetStoredNow();
                },
                row => row.Title,
                [nameof(Document.ContentHash), nameof(Document.SizeBytes), nameof(Document.ChunkCount)],
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <inheritdoc cref="KnowledgeBaseRepository.FlushAsync"/>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        await context.Database.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes a document with its chunks.</summary>
    /// <returns>False if there is no such document.</returns>
    public async Task<bool> DeleteAsync(string documentId, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        using var transaction = await context.Database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        var deleted = await context
            .Documents.Where(row => row.Id == documentId)
            .ExecuteDeleteAsync(cancellationToken)
            .ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return deleted == 1;
    }

    /// <summary>Finds a document by id; null if there is none.</summary>
    public async Task<Document?> FindAsync(string documentId, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context
            .Documents.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == documentId, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Lists a page of a knowledge base's documents, sorted by id.</summary>
    /// <param name="knowledgeBaseId">The version of a knowledge base.</param>
    /// <param name="afterId">The id of the last document on the previous page; null for the first page.</param>
    /// <param name="limit">The maximum number of documents; fewer mean that this is the last page.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<DocumentSummary>> ListAsync(
        string knowledgeBaseId,
        string? afterId,
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var after = afterId ?? "";
        using var context = contexts.CreateDbContext();
        var documents = context
            .Documents.Where(row => row.KnowledgeBaseId == knowledgeBaseId && string.Compare(row.Id, after) > 0)
            .OrderBy(row => row.Id)
            .Take(limit);
        return await Summaries(documents).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists a page of a document's chunks, in order.</summary>
    /// <param name="documentId">The document.</param>
    /// <param name="afterIndex">The index of the last chunk on the previous page; -1 for the first page.</param>
    /// <param name="limit">The maximum number of chunks; fewer mean that this is the last page.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<ChunkContent>> ListChunksAsync(
        string documentId,
        int afterIndex,
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        using var context = contexts.CreateDbContext();
        return await context
            .DocumentChunks.Where(row => row.DocumentId == documentId && row.ChunkIndex > afterIndex)
            .OrderBy(row => row.ChunkIndex)
            .Take(limit)
            .Select(row => new ChunkContent(row.Id, row.ChunkIndex, row.Content, row.TokenCount))
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Finds the oldest document of a knowledge base with this content; null if there is none.</summary>
    public async Task<DocumentSummary?> FindByContentHashAsync(
        string knowledgeBaseId,
        string contentHash,
        CancellationToken cancellationToken = default
    )
    {
        using var context = contexts.CreateDbContext();
        // The concatenation keeps SQLite from scanning the whole knowledge base: a hash rarely matches more than one row.
        var documents = context
            .Documents.Where(row => row.ContentHash == contentHash && row.KnowledgeBaseId + "" == knowledgeBaseId)
            .OrderBy(row => row.Id);
        return await Summaries(documents).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Finds the content hashes that documents of a knowledge base already have, with a single query.
    /// </summary>
    public async Task<IReadOnlySet<string>> FindExistingHashesAsync(
        string knowledgeBaseId,
        IReadOnlyCollection<string> contentHashes,
        CancellationToken cancellationToken = default
    )
    {
        using var context = contexts.CreateDbContext();
        var existing = await context
            .Documents.Where(row =>
                EF.Parameter(contentHashes).Contains(row.ContentHash) && row.KnowledgeBaseId + "" == knowledgeBaseId
            )
            .Select(row => row.ContentHash)
            .Distinct()
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        return existing.ToHashSet();
    }

    private static IQueryable<DocumentSummary> Summaries(IQueryable<Document> rows) =>
        rows.Select(row => new DocumentSummary(
            row.Id,
            row.Title,
            row.SourcePath,
            row.ContentHash,
            row.ChunkCount,
            row.SizeBytes,
            row.UpdatedAt
        ));
}
