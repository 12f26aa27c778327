namespace RagStudio.Data;

// Writes to one context inside a transaction that its maker began; the caller counts the sequence numbers.
internal sealed class EventWriter(EventsContext context, TimeProvider time) : IDisposable
{
    private readonly PreparedInsert _insert = new(
        context,
        "events",
        "event_id",
        "event_type",
        "aggregate_id",
        "aggregate_type",
        "sequence_number",
        "event_data",
        "metadata",
        "trace_id",
        "user_id",
        "timestamp",
        "checksum"
    );

    public async Task<long> AppendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var version = await context.VersionAsync(batch.Stream, cancellationToken).ConfigureAwait(false);
        batch.Expected.Demand(batch.Stream, version);
        foreach (var added in batch.Events)
        {
            await WriteAsync(batch.Stream, ++version, added, cancellationToken).ConfigureAwait(false);
        }

        return version;
    }

    public Task WriteAsync(StreamId stream, long sequenceNumber, NewEvent added, CancellationToken cancellationToken) =>
        WriteAsync(
            new EventContent
            {
                EventId = added.EventId ?? RowId.New(time),
                EventType = added.EventType,
                AggregateId = stream.AggregateId,
                AggregateType = stream.AggregateType,
                SequenceNumber = sequenceNumber,
                EventData = added.EventData,
                Metadata = added.Metadata,
                TraceId = added.Origin.TraceId,
                UserId = added.Origin.UserId,
                Timestamp = UtcTextConverter.Write(time.GetUtcNow()),
            },
            cancellationToken
        );

    public void Dispose() => _insert.Dispose();

    private Task WriteAsync(in EventContent content, CancellationToken cancellationToken) =>
        _insert.ExecuteAsync(
            [
                content.EventId,
                content.EventType,
                content.AggregateId,
                content.AggregateType,
                content.SequenceNumber,
                content.EventData,
                content.Metadata,
                content.TraceId,
                content.UserId,
                content.Timestamp,
                EventChecksum.Compute(content),
            ],
            cancellationToken
        );
}
