namespace RagStudio.Data;

/// <summary>What an undo or a redo did.</summary>
/// <param name="SequenceNumber">The event that went out of effect or came back.</param>
/// <param name="Version">The stream's last sequence number now: that of the marker which records the step.</param>
public sealed record Reversal(long SequenceNumber, long Version);
