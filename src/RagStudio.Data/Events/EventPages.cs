using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>Streams events to a consumer of any speed without leaving a statement open between two events.</summary>
/// <remarks>
/// An open statement keeps its snapshot: the WAL could not be checkpointed and no migration could start. An
/// append-only log looks the same from page to page, so closing the statement loses nothing.
/// </remarks>
internal sealed class EventPages(IDbContextFactory<EventsContext> contexts)
{
    private const int LargestPage = 1024;
    private const int EnoughCharacters = 1 << 20;

    /// <summary>
    /// Reads until there are no more events; <paramref name="following"/> receives the last event of the
    /// previous page.
    /// </summary>
    public async IAsyncEnumerable<StoredEvent> ReadAsync(
        Func<IQueryable<StoredEvent>, StoredEvent?, IQueryable<StoredEvent>> following,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        StoredEvent? last = null;
        while (true)
        {
            var page = await ReadPageAsync(following, last, cancellationToken).ConfigureAwait(false);
            foreach (var stored in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return stored;
            }

            if (page.Count == 0)
            {
                yield break;
            }

            last = page[^1];
        }
    }

    private async Task<List<StoredEvent>> ReadPageAsync(
        Func<IQueryable<StoredEvent>, StoredEvent?, IQueryable<StoredEvent>> following,
        StoredEvent? last,
        CancellationToken cancellationToken
    )
    {
        using var context = contexts.CreateDbContext();
        var rows = following(context.Events.AsNoTracking(), last).Take(LargestPage).AsAsyncEnumerable();
        var page = new List<StoredEvent>();
        var characters = 0;
        await foreach (var stored in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            page.Add(stored);
            characters += stored.EventData.Length + (stored.Metadata?.Length ?? 0);
            if (characters >= EnoughCharacters)
            {
                break;
            }
        }
        return page;
    }
}
