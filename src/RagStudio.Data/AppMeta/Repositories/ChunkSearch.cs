using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>Searches the chunks of a knowledge base by the words of their text.</summary>
/// <remarks>
/// Thread-safe. The database itself keeps the index right, in the transaction that writes a chunk, whoever writes it.
/// Upper and lower case make no difference, nor do accents with SQLite. Words are compared as they are written, in any
/// language.
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
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }

        using var context = contexts.CreateDbContext();
        var query = StorageProvider.Of(context).SearchChunks(knowledgeBaseId, text, offset, limit);
        return await context.Database.SqlQuery<ChunkMatch>(query).ToListAsync(cancellationToken).ConfigureAwait(false);
    }
}
