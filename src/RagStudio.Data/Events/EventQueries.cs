using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

internal static class EventQueries
{
    // Part of every append: compiled once, it costs a tenth.
    private static readonly Func<EventsContext, string, string, CancellationToken, Task<long?>> LastSequenceNumber =
        EF.CompileAsyncQuery(
            (EventsContext context, string id, string type, CancellationToken cancellationToken) =>
                context
                    .Events.Where(row => row.AggregateId == id && row.AggregateType == type)
                    .Max(row => (long?)row.SequenceNumber)
        );

    public static IQueryable<StoredEvent> Of(this IQueryable<StoredEvent> events, StreamId stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return events.Where(row => row.AggregateId == stream.AggregateId && row.AggregateType == stream.AggregateType);
    }

    /// <summary>The stream's last sequence number, 0 where it has no event.</summary>
    public static async Task<long> VersionAsync(
        this EventsContext context,
        StreamId stream,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(stream);
        return await LastSequenceNumber(context, stream.AggregateId, stream.AggregateType, cancellationToken)
                .ConfigureAwait(false)
            ?? 0;
    }

    /// <summary>Read one by one, as far as the caller needs them.</summary>
    public static IEnumerable<HistoryEntry> NewestFirst(this IQueryable<StoredEvent> events, StreamId stream) =>
        events.Of(stream).OrderByDescending(row => row.SequenceNumber).ToHistory();

    /// <summary>What undo and redo decide by; the content of other events stays in the database.</summary>
    public static IQueryable<HistoryEntry> ToHistory(this IQueryable<StoredEvent> events) =>
        events.Select(row => new HistoryEntry(
            row.SequenceNumber,
            row.EventType,
            row.EventType == UndoMarker.Undo || row.EventType == UndoMarker.Redo ? row.EventData : null
        ));
}
