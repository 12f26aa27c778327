namespace RagStudio.Data;

/// <summary>An event to append; the store adds its place in the stream, its time and its checksum.</summary>
public sealed record NewEvent
{
    /// <summary>Creates an event.</summary>
    /// <param name="eventType">The type. Types that begin with <c>$</c> are reserved for the store.</param>
    /// <param name="eventData">
    /// The content as JSON. A <c>$.kb_id</c> in it refers to a knowledge base, which must exist and be
    /// flushed (<see cref="KnowledgeBaseRepository.FlushAsync"/>) when the event is appended.
    /// </param>
    /// <exception cref="ArgumentException">The type is empty or reserved, or the data is empty.</exception>
    public NewEvent(string eventType, string eventData)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventType);
        ArgumentException.ThrowIfNullOrEmpty(eventData);
        if (eventType.StartsWith(UndoMarker.ReservedPrefix))
        {
            throw new ArgumentException(
                $"Event types that begin with '$' belong to the store: {eventType}",
                nameof(eventType)
            );
        }

        (EventType, EventData) = (eventType, eventData);
    }

    // Creates the store's own events, which no other code may create.
    private NewEvent(string markerType, long target) =>
        (EventType, EventData) = (markerType, UndoMarker.WriteTarget(target));

    /// <summary>The type of the event.</summary>
    public string EventType { get; }

    /// <summary>The content as JSON; the database rejects anything else.</summary>
    public string EventData { get; }

    /// <summary>The unique id; null lets the store choose a UUIDv7.</summary>
    /// <remarks>Set it to make an append idempotent: the database rejects a second attempt.</remarks>
    public string? EventId { get; init; }

    /// <summary>Application-defined JSON.</summary>
    public string? Metadata { get; init; }

    /// <summary>The user and the operation that caused it.</summary>
    public EventOrigin Origin { get; init; }

    internal static NewEvent Marker(string markerType, long target, EventOrigin origin) =>
        new(markerType, target) { Origin = origin };
}
