namespace RagStudio.Data;

/// <summary>An event to be appended; the store adds its place in the stream, its time and its checksum.</summary>
public sealed record NewEvent
{
    /// <summary>Describes an event.</summary>
    /// <param name="eventType">What happened. Types that begin with <c>$</c> belong to the store.</param>
    /// <param name="eventData">
    /// Content as JSON. A <c>$.kb_id</c> in it names a knowledge base, which has to exist, and to be flushed
    /// (<see cref="KnowledgeBaseRepository.FlushAsync"/>), when the event is appended.
    /// </param>
    /// <exception cref="ArgumentException">The type is empty or belongs to the store, or the data is empty.</exception>
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

    // The store's own events, which nobody else may make.
    private NewEvent(string markerType, long target) =>
        (EventType, EventData) = (markerType, UndoMarker.WriteTarget(target));

    /// <summary>What happened.</summary>
    public string EventType { get; }

    /// <summary>Content as JSON; the database refuses anything else.</summary>
    public string EventData { get; }

    /// <summary>Unique among all events; null lets the store choose a UUIDv7.</summary>
    /// <remarks>Give one to make an append repeatable: the second attempt is refused by the database.</remarks>
    public string? EventId { get; init; }

    /// <summary>Free JSON of the application.</summary>
    public string? Metadata { get; init; }

    /// <summary>Who and what caused it.</summary>
    public EventOrigin Origin { get; init; }

    internal static NewEvent Marker(string markerType, long target, EventOrigin origin) =>
        new(markerType, target) { Origin = origin };
}
