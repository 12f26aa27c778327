namespace RagStudio.Data;

/// <summary>One entry of the event log, a row of the table <c>events</c>.</summary>
/// <remarks>Written once; nothing in the log is ever changed or deleted.</remarks>
public sealed class StoredEvent
{
    /// <summary>Position in the whole log, given by the database; grows and is never used twice.</summary>
    public long Id { get; init; }

    /// <summary>Unique; chosen by the application (UUIDv7).</summary>
    public required string EventId { get; init; }

    /// <summary>What happened.</summary>
    public required string EventType { get; init; }

    /// <summary>Whom it happened to.</summary>
    public required string AggregateId { get; init; }

    /// <summary>What kind of thing it happened to.</summary>
    public required string AggregateType { get; init; }

    /// <summary>1, 2, 3 … without a gap within its aggregate.</summary>
    public required long SequenceNumber { get; init; }

    /// <summary>The event's content as JSON.</summary>
    public required string EventData { get; init; }

    /// <summary>Free JSON of the application; the database refuses text that is not valid JSON.</summary>
    public string? Metadata { get; init; }

    /// <summary>Joins the event to the operation that caused it.</summary>
    public string? TraceId { get; init; }

    /// <summary>Who caused it.</summary>
    public string? UserId { get; init; }

    /// <summary>When it happened (UTC).</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Lower-case hex SHA-256 over the event's content; shows a later change of the row.</summary>
    public required string Checksum { get; init; }
}
