using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>Reads the events of a stream that are in effect at its present version.</summary>
/// <remarks>
/// It reads the markers first and keeps only the numbers of undone events, however long the stream is. Events
/// up to a version never change, so both reads agree without a transaction around them.
/// </remarks>
internal sealed class EffectiveEvents(IDbContextFactory<EventsContext> contexts)
{
    private readonly EventPages _pages = new(contexts);

    /// <summary>
    /// Continues from <paramref name="snapshot"/> if that is still valid; otherwise starts at the first
    /// event.
    /// </summary>
    public async Task<AggregateHistory> LoadAsync(
        StreamId stream,
        AggregateSnapshot? snapshot,
        CancellationToken cancellationToken
    )
    {
        using var context = contexts.CreateDbContext();
        var version = await context.VersionAsync(stream, cancellationToken).ConfigureAwait(false);
        var after = snapshot?.SequenceNumber ?? 0;
        var markers = await MarkersAsync(context, stream, after, version, cancellationToken).ConfigureAwait(false);
        if (snapshot is not null && !UndoHistory.Keeps(after, markers))
        {
            return await LoadAsync(stream, snapshot: null, cancellationToken).ConfigureAwait(false);
        }

        return new(version, snapshot, ReadAsync(stream, after, version, UndoHistory.Undone(markers)));
    }

    private static Task<List<HistoryEntry>> MarkersAsync(
        EventsContext context,
        StreamId stream,
        long after,
        long version,
        CancellationToken cancellationToken
    ) =>
        Between(context.Events.OfStream(stream), after, version)
            .Where(row => row.EventType == UndoMarker.Undo || row.EventType == UndoMarker.Redo)
            .ToHistory()
            .ToListAsync(cancellationToken);

    private IAsyncEnumerable<StoredEvent> ReadAsync(StreamId stream, long after, long version, HashSet<long> undone) =>
        _pages
            .ReadAsync((events, last) => Between(events.OfStream(stream), last?.SequenceNumber ?? after, version))
            .Where(stored => !UndoMarker.Is(stored.EventType) && !undone.Contains(stored.SequenceNumber));

    private static IOrderedQueryable<StoredEvent> Between(IQueryable<StoredEvent> events, long after, long version) =>
        events
            .Where(row => row.SequenceNumber > after && row.SequenceNumber <= version)
            .OrderBy(row => row.SequenceNumber);
}
