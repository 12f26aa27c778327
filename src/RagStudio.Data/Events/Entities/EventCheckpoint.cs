namespace RagStudio.Data;

/// <summary>The position up to which a processor has read the event log.</summary>
public sealed class EventCheckpoint
{
    /// <summary>The processor, which has a single row.</summary>
    public required string ProcessorName { get; init; }

    /// <summary>The position (<see cref="StoredEvent.Id"/>) of the last processed event; 0 for none.</summary>
    public long LastProcessedSequence { get; set; }

    /// <summary>The time of the last advance (UTC).</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}
