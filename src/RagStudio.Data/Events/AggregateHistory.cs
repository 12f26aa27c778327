namespace RagStudio.Data;

/// <summary>Everything that determines the state of an aggregate at one version of its stream.</summary>
/// <param name="Version">
/// The stream's last sequence number; the expected version for appending what follows from it.
/// </param>
/// <param name="Snapshot">The state to start from, or null to start from nothing.</param>
/// <param name="Events">
/// The events in effect after the snapshot, oldest first, without undo and redo markers. Read from the
/// database page by page during the enumeration, which can be repeated.
/// </param>
public sealed record AggregateHistory(long Version, AggregateSnapshot? Snapshot, IAsyncEnumerable<StoredEvent> Events);
