namespace RagStudio.Data;

/// <summary>The state of an aggregate after one of its events, so reading it does not start at the first event.</summary>
/// <remarks>At most one per aggregate; it can be deleted and recreated from the log.</remarks>
public sealed class AggregateSnapshot
{
    /// <summary>The id of the aggregate; together with the type, it is the key.</summary>
    public required string AggregateId { get; init; }

    /// <summary>The type of the aggregate.</summary>
    public required string AggregateType { get; init; }

    /// <summary>The last event that the state contains.</summary>
    public required long SequenceNumber { get; set; }

    /// <summary>The state as JSON.</summary>
    public required string SnapshotData { get; set; }

    /// <summary>The time of the snapshot (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; set; }
}
