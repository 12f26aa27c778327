namespace RagStudio.Data;

/// <summary>The state of an aggregate after one of its events, so that reading it need not start at the first.</summary>
/// <remarks>At most one per aggregate; it can be thrown away and made again from the log.</remarks>
public sealed class AggregateSnapshot
{
    /// <summary>Whose state it is; the key together with the type.</summary>
    public required string AggregateId { get; init; }

    /// <summary>What kind of thing it is the state of.</summary>
    public required string AggregateType { get; init; }

    /// <summary>The last event that the state contains.</summary>
    public required long SequenceNumber { get; set; }

    /// <summary>The state as JSON.</summary>
    public required string SnapshotData { get; set; }

    /// <summary>When this state was taken (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; set; }
}
