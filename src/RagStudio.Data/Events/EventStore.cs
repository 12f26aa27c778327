using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>The event log: appends events, undoes and redoes them, and reads them back.</summary>
/// <remarks>
/// <para>Thread-safe, and safe to use alongside other processes: every write decides and writes while no other one does
/// (SQLite's write lock, an advisory lock on PostgreSQL), so a stream is numbered 1, 2, 3 … without a gap, however many
/// writers it has. A write is atomic.</para>
/// <para>A write that has not begun yet is tried again after a transient failure of a server. Nothing else is: a
/// <see cref="System.Data.Common.DbException"/> of a write that is no <see cref="RowRefusedException"/> leaves open whether
/// it was committed. With an <see cref="NewEvent.EventId"/> an append can be repeated safely.</para>
/// <para>Nothing in the log is ever changed or deleted; undo and redo are events too (<see cref="UndoMarker"/>).</para>
/// <para>With <see cref="SqliteSynchronous.Full"/>, the default, and on PostgreSQL, an appended event survives a power failure. <b>Flush the
/// rows that it refers to before it</b>: after writing rows of the other database, call
/// <see cref="KnowledgeBaseRepository.FlushAsync"/> or <see cref="DocumentRepository.FlushAsync"/> before appending.</para>
/// <para>Reading never blocks a writer, and no statement stays open between two events that a consumer receives.</para>
/// </remarks>
/// <param name="contexts">Creates a context for each call.</param>
/// <param name="time">Supplies the times and ids of the events.</param>
public sealed class EventStore(IDbContextFactory<EventsContext> contexts, TimeProvider time)
{
    private readonly EventPages _pages = new(contexts);
    private readonly EffectiveEvents _effective = new(contexts);

    /// <summary>Appends events to one stream in one transaction.</summary>
    /// <returns>The stream's new last sequence number.</returns>
    /// <exception cref="EventConcurrencyException">The stream is not at <paramref name="expected"/>.</exception>
    /// <exception cref="RowRefusedException">
    /// The database rejected an event (invalid JSON, or an existing id), or it is locked or full.
    /// </exception>
    public async Task<long> AppendAsync(
        StreamId stream,
        IReadOnlyCollection<NewEvent> events,
        ExpectedVersion expected = default,
        CancellationToken cancellationToken = default
    )
    {
        EventBatch[] batches = [new(stream, events, expected)];
        return (await AppendAsync(batches, cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>Appends events to several streams in one transaction.</summary>
    /// <returns>The last sequence number of each batch's stream, in the order of the batches.</returns>
    /// <exception cref="EventConcurrencyException">A stream is not where its batch expects it.</exception>
    /// <exception cref="RowRefusedException">As for a single stream.</exception>
    public async Task<IReadOnlyList<long>> AppendAsync(
        IReadOnlyCollection<EventBatch> batches,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(batches);
        using var context = contexts.CreateDbContext();
        using var transaction = await context.Database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        using var writer = new EventWriter(context, time);
        var versions = new List<long>(batches.Count);
        foreach (var batch in batches)
        {
            versions.Add(await writer.AppendAsync(batch, cancellationToken).ConfigureAwait(false));
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return versions;
    }

    /// <summary>Undoes the last event that is in effect, by appending a marker.</summary>
    /// <returns>The undone event; null if none is in effect, and nothing is written then.</returns>
    /// <exception cref="EventConcurrencyException">The stream is not at <paramref name="expected"/>.</exception>
    public Task<Reversal?> UndoAsync(
        StreamId stream,
        ExpectedVersion expected = default,
        EventOrigin origin = default,
        CancellationToken cancellationToken = default
    ) => ReverseAsync(stream, UndoMarker.Undo, UndoHistory.NextUndo, expected, origin, cancellationToken);

    /// <summary>Redoes the event that was undone last, unless an event was appended since.</summary>
    /// <returns>The redone event; null if there is nothing to redo, and nothing is written then.</returns>
    /// <exception cref="EventConcurrencyException">The stream is not at <paramref name="expected"/>.</exception>
    public Task<Reversal?> RedoAsync(
        StreamId stream,
        ExpectedVersion expected = default,
        EventOrigin origin = default,
        CancellationToken cancellationToken = default
    ) => ReverseAsync(stream, UndoMarker.Redo, UndoHistory.NextRedo, expected, origin, cancellationToken);

    /// <summary>Gets the stream's last sequence number, including markers; 0 if it has no events.</summary>
    public async Task<long> GetVersionAsync(StreamId stream, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context.VersionAsync(stream, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Reads every event of a stream from a sequence number on, in order, including markers and undone
    /// events.
    /// </summary>
    /// <remarks>Also reads events that are appended meanwhile.</remarks>
    public IAsyncEnumerable<StoredEvent> ReadAsync(
        StreamId stream,
        long fromSequenceNumber = 1,
        CancellationToken cancellationToken = default
    ) =>
        _pages.ReadAsync(
            (events, last) =>
            {
                var next = last is null ? fromSequenceNumber : last.SequenceNumber + 1;
                return events
                    .OfStream(stream)
                    .Where(row => row.SequenceNumber >= next)
                    .OrderBy(row => row.SequenceNumber);
            },
            cancellationToken
        );

    /// <summary>
    /// Reads every event of all streams after a position (<see cref="StoredEvent.Id"/>), in the order of
    /// writing.
    /// </summary>
    /// <remarks>
    /// Also reads events that are appended meanwhile. No event ever becomes visible before one that was
    /// written earlier, so a processor that stores the last position it has seen misses nothing.
    /// </remarks>
    public IAsyncEnumerable<StoredEvent> ReadAllAsync(
        long afterPosition = 0,
        CancellationToken cancellationToken = default
    ) =>
        _pages.ReadAsync(
            (events, last) =>
            {
                var after = last?.Id ?? afterPosition;
                return events.Where(row => row.Id > after).OrderBy(row => row.Id);
            },
            cancellationToken
        );

    /// <summary>Reads the events that are in effect when the reading begins, in order, without markers.</summary>
    /// <remarks>Memory depends on the number of undone events, not on the length of the stream.</remarks>
    public async IAsyncEnumerable<StoredEvent> ReadEffectiveAsync(
        StreamId stream,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var history = await _effective.LoadAsync(stream, snapshot: null, cancellationToken).ConfigureAwait(false);
        await foreach (var stored in history.Events.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return stored;
        }
    }

    private async Task<Reversal?> ReverseAsync(
        StreamId stream,
        string markerType,
        Func<IEnumerable<HistoryEntry>, long?> choose,
        ExpectedVersion expected,
        EventOrigin origin,
        CancellationToken cancellationToken
    )
    {
        using var context = contexts.CreateDbContext();
        using var transaction = await context.Database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        using var writer = new EventWriter(context, time);
        var version = await writer.VersionAsync(stream, cancellationToken).ConfigureAwait(false);
        expected.Demand(stream, version);
        if (choose(context.Events.NewestFirst(stream)) is not { } target)
        {
            return null;
        }

        var marker = NewEvent.Marker(markerType, target, origin);
        await writer.WriteAsync(stream, version + 1, marker, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return new(target, version + 1);
    }
}
