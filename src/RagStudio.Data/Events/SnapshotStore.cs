using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>Stores the latest known state of each aggregate, so loading it does not start at its first event.</summary>
/// <remarks>Thread-safe. A snapshot is only a shortcut: the log alone yields the same state.</remarks>
/// <param name="contexts">Creates a context for each call.</param>
/// <param name="time">Supplies the times of the snapshots.</param>
public sealed class SnapshotStore(IDbContextFactory<EventsContext> contexts, TimeProvider time)
{
    private readonly EffectiveEvents _effective = new(contexts);

    /// <summary>Stores the state of an aggregate, replacing an older one.</summary>
    /// <param name="stream">The aggregate's stream.</param>
    /// <param name="sequenceNumber">
    /// The version of the stream that the state was computed from (<see cref="AggregateHistory.Version"/>),
    /// with undo and redo applied up to there.
    /// </param>
    /// <param name="snapshotData">The state as JSON.</param>
    /// <param name="cancellationToken">Cancels the call before anything is written.</param>
    /// <returns>False, with nothing written, if there is a newer snapshot or the stream has no such event.</returns>
    public async Task<bool> SaveAsync(
        StreamId stream,
        long sequenceNumber,
        string snapshotData,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var context = contexts.CreateDbContext();
        var written = await context
            .ExecuteAsync(
                "aggregate_snapshots",
                $"""
                INSERT INTO {context.Table("aggregate_snapshots")} AS present
                    (aggregate_id, aggregate_type, sequence_number, snapshot_data, created_at)
                SELECT aggregate_id, aggregate_type, sequence_number, @snapshot_data, @created_at
                FROM {context.Table("events")}
                WHERE aggregate_id = @aggregate_id AND aggregate_type = @aggregate_type
                  AND sequence_number = @sequence_number
                ON CONFLICT (aggregate_id, aggregate_type) DO UPDATE
                SET sequence_number = excluded.sequence_number, snapshot_data = excluded.snapshot_data,
                    created_at = excluded.created_at
                WHERE excluded.sequence_number >= present.sequence_number
                """,
                [
                    ("aggregate_id", stream.AggregateId),
                    ("aggregate_type", stream.AggregateType),
                    ("sequence_number", sequenceNumber),
                    ("snapshot_data", snapshotData),
                    ("created_at", time.GetUtcNow()),
                ],
                cancellationToken
            )
            .ConfigureAwait(false);
        return written == 1;
    }

    /// <summary>
    /// Loads everything that determines the present state of an aggregate: the latest snapshot and the events
    /// after it.
    /// </summary>
    /// <remarks>
    /// A snapshot that contains an event undone since, or lacks one redone since, is ignored; the events then
    /// begin with the first.
    /// </remarks>
    public async Task<AggregateHistory> LoadAsync(StreamId stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var context = contexts.CreateDbContext();
        var snapshot = await context
            .AggregateSnapshots.AsNoTracking()
            .Where(row => row.AggregateId == stream.AggregateId && row.AggregateType == stream.AggregateType)
            .SingleOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        return await _effective.LoadAsync(stream, snapshot, cancellationToken).ConfigureAwait(false);
    }
}
