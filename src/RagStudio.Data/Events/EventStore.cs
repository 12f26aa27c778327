using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>The event log: appends events, undoes and redoes them, and reads them back.</summary>
/// <remarks>
/// <para>Thread-safe, and safe beside other processes: every write decides and writes under SQLite's one write lock, so
/// a stream is numbered 1, 2, 3 … without a gap, however many writers it has. A write is atomic.</para>
/// <para>Nothing in the log is ever changed or deleted; undo and redo are events too (<see cref="UndoMarker"/>).</para>
/// <para>With <see cref="SqliteSynchronous.Full"/>, the default, an event that was appended survives a power failure. <b>What it names has to
/// survive before it</b>: rows of the other database are flushed by <see cref="KnowledgeBaseRepository.FlushAsync"/> or
/// <see cref="DocumentRepository.FlushAsync"/> between their writing and the event.</para>
/// <para>Reading never blocks a writer, and no statement stays open between two events that a consumer is given.</para>
/// </remarks>
/// <param name="contexts">Creates a context for each call.</param>
/// <param name="time">Gives events their time and their ids.</param>
public sealed class EventStore(IDbContextFactory<EventsContext> contexts, TimeProvider time)
{
    private readonly EventPages _pages = new(contexts);
    private readonly EffectiveEvents _effective = new(contexts);

    /// <summary>Appends events to one stream in one transaction.</summary>
    /// <returns>The stream's last sequence number then.</returns>
    /// <exception cref="EventConcurrencyException">The stream is not at <paramref name="expected"/>.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">
    /// The database refused an event (its JSON is not valid, its id exists already), or it is locked or full.
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
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">As for a single stream.</exception>
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

    /// <summary>Takes the last event in effect out of effect, by appending a marker that says so.</summary>
    /// <returns>What was undone, or null where nothing is in effect; then nothing is written.</returns>
    /// <exception cref="EventConcurrencyException">The stream is not at <paramref name="expected"/>.</exception>
    public Task<Reversal?> UndoAsync(
        StreamId stream,
        ExpectedVersion expected = default,
        EventOrigin origin = default,
        CancellationToken cancellationToken = default
    ) => ReverseAsync(stream, UndoMarker.Undo, UndoHistory.NextUndo, expected, origin, cancellationToken);

    /// <summary>Brings back what was undone last, unless an event was appended since.</summary>
    /// <returns>What came back, or null where there is nothing to redo; then nothing is written.</returns>
    /// <exception cref="EventConcurrencyException">The stream is not at <paramref name="expected"/>.</exception>
    public Task<Reversal?> RedoAsync(
        StreamId stream,
        ExpectedVersion expected = default,
        EventOrigin origin = default,
        CancellationToken cancellationToken = default
    ) => ReverseAsync(stream, UndoMarker.Redo, UndoHistory.NextRedo, expected, origin, cancellationToken);

    /// <summary>The stream's last sequence number, markers included; 0 where it has no event.</summary>
    public async Task<long> GetVersionAsync(StreamId stream, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context.VersionAsync(stream, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Every event of a stream from a sequence number on, in order, markers and undone events included.</summary>
    /// <remarks>Events that are appended while it is being read are read as well.</remarks>
    public IAsyncEnumerable<StoredEvent> ReadAsync(
        StreamId stream,
        long fromSequenceNumber = 1,
        CancellationToken cancellationToken = default
    ) =>
        _pages.ReadAsync(
            (events, last) =>
            {
                var next = last is null ? fromSequenceNumber : last.SequenceNumber + 1;
                return events.Of(stream).Where(row => row.SequenceNumber >= next).OrderBy(row => row.SequenceNumber);
            },
            cancellationToken
        );

    /// <summary>Every event of all streams after a position (<see cref="StoredEvent.Id"/>), in the order of writing.</summary>
    /// <remarks>
    /// Events that are appended while it is being read are read as well. No event ever becomes visible before one that
    /// was written earlier, so a processor that stores the last position it saw misses nothing.
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

    /// <summary>The events that are in effect when the reading begins, in order, without markers.</summary>
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
