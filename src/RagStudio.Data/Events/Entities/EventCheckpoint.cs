namespace RagStudio.Data;

/// <summary>How far a processor has read the event log.</summary>
public sealed class EventCheckpoint
{
    /// <summary>The processor; one row each.</summary>
    public required string ProcessorName { get; init; }

    /// <summary>Position (<see cref="StoredEvent.Id"/>) of the last event that was processed, 0 for none.</summary>
    public long LastProcessedSequence { get; set; }

    /// <summary>When it last moved on (UTC).</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}
