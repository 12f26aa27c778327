namespace RagStudio.Data;

/// <summary>All that the present state of an aggregate is made of, as of one version of its stream.</summary>
/// <param name="Version">The stream's last sequence number; the one to expect when appending what follows from it.</param>
/// <param name="Snapshot">The state to start from, or null to start from nothing.</param>
/// <param name="Events">
/// The events in effect after the snapshot, oldest first, without undo and redo markers. Read from the database while
/// they are enumerated, page by page; may be enumerated again.
/// </param>
public sealed record AggregateHistory(long Version, AggregateSnapshot? Snapshot, IAsyncEnumerable<StoredEvent> Events);
