namespace RagStudio.Data;

/// <summary>An entry of the event log, a row of the table <c>events</c>.</summary>
/// <remarks>Written once; nothing in the log is ever changed or deleted.</remarks>
public sealed class StoredEvent
{
    /// <summary>The position in the whole log, assigned by the database; increases and is never reused.</summary>
    public long Id { get; init; }

    /// <summary>The unique id, chosen by the application (UUIDv7).</summary>
    public required string EventId { get; init; }

    /// <summary>The type of the event.</summary>
    public required string EventType { get; init; }

    /// <summary>The id of the aggregate that the event belongs to.</summary>
    public required string AggregateId { get; init; }

    /// <summary>The type of the aggregate.</summary>
    public required string AggregateType { get; init; }

    /// <summary>The number within the aggregate's stream: 1, 2, 3 … without a gap.</summary>
    public required long SequenceNumber { get; init; }

    /// <summary>The event's content as JSON.</summary>
    public required string EventData { get; init; }

    /// <summary>Application-defined JSON; the database rejects text that is not valid JSON.</summary>
    public string? Metadata { get; init; }

    /// <summary>Correlates the event with the operation that caused it.</summary>
    public string? TraceId { get; init; }

    /// <summary>The user who caused it.</summary>
    public string? UserId { get; init; }

    /// <summary>The time of the event (UTC).</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>
    /// The lower-case hexadecimal SHA-256 of the event's content, which reveals a later change of the row.
    /// </summary>
    public required string Checksum { get; init; }
}
