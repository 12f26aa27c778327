using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>Searches the chunks of a knowledge base by the words of their text.</summary>
/// <remarks>
/// Thread-safe. The database itself keeps the index right, in the transaction that writes a chunk, whoever writes it.
/// Upper and lower case and accents make no difference.
/// </remarks>
/// <param name="contexts">Creates a context for each call.</param>
public sealed class ChunkSearch(IDbContextFactory<AppMetaContext> contexts)
{
    /// <summary>Finds a page of the chunks that contain every word of a text, best first.</summary>
    /// <remarks>
    /// The text is never syntax: quotes, operators and wildcards are treated as any other character. A page is computed from
    /// the present state: chunks written between two pages can shift them.
    /// </remarks>
    /// <param name="knowledgeBaseId">The version of a knowledge base.</param>
    /// <param name="text">Words, separated by white space. Without any, nothing is found.</param>
    /// <param name="offset">The number of matches to skip.</param>
    /// <param name="limit">The maximum number of matches; fewer mean that this is the last page.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<ChunkMatch>> FindAsync(
        string knowledgeBaseId,
        string text,
        int offset,
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var terms = SearchTerms.ToFts5(text);
        if (terms.Length == 0)
        {
            return [];
        }

        using var context = contexts.CreateDbContext();
        return await context
            .Database.SqlQuery<ChunkMatch>(
                $"""
                SELECT c.id AS "ChunkId", c.document_id AS "DocumentId", d.title AS "DocumentTitle",
                    c.chunk_index AS "ChunkIndex", c.content AS "Content", m.score AS "Score"
                FROM (
                    SELECT c.id AS chunk_id, -s.rank AS score
                    FROM chunk_search AS s
                    JOIN chunk_search_rows AS r ON r.id = s.rowid
                    JOIN document_chunks AS c ON c.id = r.chunk_id
                    WHERE s.chunk_search MATCH {terms} AND c.kb_id = {knowledgeBaseId}
                    ORDER BY s.rank, c.id
                    LIMIT {limit} OFFSET {offset}
                ) AS m
                JOIN document_chunks AS c ON c.id = m.chunk_id
                JOIN documents AS d ON d.id = c.document_id
                ORDER BY m.score DESC, c.id
                """
            )
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
    }
}
