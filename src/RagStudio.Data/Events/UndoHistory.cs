namespace RagStudio.Data;

/// <summary>Decides what undo and redo apply to in a stream, from its events alone.</summary>
/// <remarks>When the newest entries come first, it enumerates no more of them than it needs.</remarks>
internal static class UndoHistory
{
    /// <summary>Returns the event that the next undo applies to: the last one that is in effect.</summary>
    public static long? NextUndo(IEnumerable<HistoryEntry> newestFirst)
    {
        var undone = new Dictionary<long, bool>();
        foreach (var entry in newestFirst)
        {
            if (entry.IsMarker)
            {
                undone.TryAdd(entry.Target, entry.IsUndo); // the newest marker of an event decides
            }
            else if (!undone.GetValueOrDefault(entry.SequenceNumber))
            {
                return entry.SequenceNumber;
            }
        }
        return null;
    }

    /// <summary>
    /// Returns the event that the next redo applies to: the one that was undone last and not redone since.
    /// </summary>
    public static long? NextRedo(IEnumerable<HistoryEntry> newestFirst)
    {
        var redone = 0;
        foreach (var entry in newestFirst.TakeWhile(entry => entry.IsMarker))
        {
            if (!entry.IsUndo)
            {
                redone++;
            }
            else if (redone-- == 0)
            {
                return entry.Target;
            }
        }
        return null;
    }

    /// <summary>Returns the events that the markers, oldest first, leave undone.</summary>
    public static HashSet<long> Undone(IEnumerable<HistoryEntry> markers)
    {
        var undone = new HashSet<long>();
        foreach (var marker in markers)
        {
            _ = marker.IsUndo ? undone.Add(marker.Target) : undone.Remove(marker.Target);
        }

        return undone;
    }

    /// <summary>
    /// True if the markers written since leave everything up to <paramref name="sequenceNumber"/> unchanged.
    /// </summary>
    public static bool Keeps(long sequenceNumber, IEnumerable<HistoryEntry> markersSince)
    {
        // Undo and redo of an event alternate, so two of them cancel out, whichever came first.
        var turned = new HashSet<long>();
        foreach (var target in markersSince.Select(marker => marker.Target).Where(target => target <= sequenceNumber))
        {
            _ = turned.Add(target) || turned.Remove(target);
        }

        return turned.Count == 0;
    }
}
