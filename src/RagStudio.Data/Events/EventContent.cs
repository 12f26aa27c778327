namespace RagStudio.Data;

// An event's content as the columns store it: everything that the checksum covers.
internal readonly record struct EventContent
{
    public required string EventId { get; init; }

    public required string EventType { get; init; }

    public required string AggregateId { get; init; }

    public required string AggregateType { get; init; }

    public required long SequenceNumber { get; init; }

    public required string EventData { get; init; }

    public required string? Metadata { get; init; }

    public required string? TraceId { get; init; }

    public required string? UserId { get; init; }

    public required string Timestamp { get; init; }

    public static EventContent From(StoredEvent stored) =>
        new()
        {
            EventId = stored.EventId,
            EventType = stored.EventType,
            AggregateId = stored.AggregateId,
            AggregateType = stored.AggregateType,
            SequenceNumber = stored.SequenceNumber,
            EventData = stored.EventData,
            Metadata = stored.Metadata,
            TraceId = stored.TraceId,
            UserId = stored.UserId,
            Timestamp = UtcTextConverter.Write(stored.Timestamp),
        };
}
