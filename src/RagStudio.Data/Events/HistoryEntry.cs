namespace RagStudio.Data;

internal readonly record struct HistoryEntry(long SequenceNumber, string EventType, string? MarkerData)
{
    public bool IsUndo => EventType == UndoMarker.Undo;

    public bool IsMarker => UndoMarker.Is(EventType);

    /// <summary>The event that the marker undoes or redoes.</summary>
    public long Target => UndoMarker.ReadTarget(MarkerData!);
}
