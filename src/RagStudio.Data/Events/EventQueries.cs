using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

internal static class EventQueries
{
    public static IQueryable<StoredEvent> OfStream(this IQueryable<StoredEvent> events, StreamId stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return events.Where(row => row.AggregateId == stream.AggregateId && row.AggregateType == stream.AggregateType);
    }

    /// <summary>Reads the stream's last sequence number; 0 if it has no events.</summary>
    public static async Task<long> VersionAsync(
        this EventsContext context,
        StreamId stream,
        CancellationToken cancellationToken
    ) =>
        await context
            .Events.OfStream(stream)
            .MaxAsync(row => (long?)row.SequenceNumber, cancellationToken)
            .ConfigureAwait(false)
        ?? 0;

    /// <summary>Reads the entries one by one, as far as the caller enumerates them.</summary>
    public static IEnumerable<HistoryEntry> NewestFirst(this IQueryable<StoredEvent> events, StreamId stream) =>
        events.OfStream(stream).OrderByDescending(row => row.SequenceNumber).ToHistory();

    /// <summary>Selects what undo and redo need; the content of other events stays in the database.</summary>
    public static IQueryable<HistoryEntry> ToHistory(this IQueryable<StoredEvent> events) =>
        events.Select(row => new HistoryEntry(
            row.SequenceNumber,
            row.EventType,
            row.EventType == UndoMarker.Undo || row.EventType == UndoMarker.Redo ? row.EventData : null
        ));
}
