namespace RagStudio.Data;

// Writes to one context within a transaction that the caller began; the caller assigns the sequence numbers.
internal sealed class EventWriter(EventsContext context, TimeProvider time) : IDisposable
{
    private readonly PreparedStatement _insert = PreparedStatement.Insert(
        context,
        "events",
        [.. EventChecksum.Columns, "checksum"]
    );

    private readonly PreparedStatement _version = new(
        context,
        $"SELECT max(sequence_number) FROM {context.Table("events")} WHERE aggregate_id = @id AND aggregate_type = @type",
        ["@id", "@type"]
    );

    /// <summary>Reads the stream's last sequence number; 0 if it has no events.</summary>
    public async Task<long> VersionAsync(StreamId stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        object[] key = [stream.AggregateId, stream.AggregateType];
        return await _version.ReadNumberAsync(key, cancellationToken).ConfigureAwait(false) ?? 0;
    }

    public async Task<long> AppendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var version = await VersionAsync(batch.Stream, cancellationToken).ConfigureAwait(false);
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

    public void Dispose()
    {
        _insert.Dispose();
        _version.Dispose();
    }

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
