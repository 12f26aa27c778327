namespace RagStudio.Data;

/// <summary>The result of an undo or a redo.</summary>
/// <param name="SequenceNumber">The event that was undone or redone.</param>
/// <param name="Version">The stream's new last sequence number: that of the marker.</param>
public sealed record Reversal(long SequenceNumber, long Version);
