using System.Text.Json.Nodes;

namespace RagStudio.Data;

/// <summary>
/// The events with which the store records an undo or a redo. They do not end the possibility of a redo, and
/// cannot be undone.
/// </summary>
/// <remarks>Their data is <c>{"sequence_number":n}</c>, the number of the event that they undo or redo.</remarks>
public static class UndoMarker
{
    /// <summary>The type of the event that undoes an earlier event of its stream.</summary>
    public const string Undo = "$undo";

    /// <summary>The type of the event that redoes an undone event.</summary>
    public const string Redo = "$redo";

    internal const char ReservedPrefix = '$';

    /// <summary>True if events of this type are markers.</summary>
    public static bool Is(string eventType) => eventType is Undo or Redo;

    internal static string WriteTarget(long sequenceNumber) =>
        new JsonObject { ["sequence_number"] = sequenceNumber }.ToJsonString();

    internal static long ReadTarget(string eventData) => (long)JsonNode.Parse(eventData)!["sequence_number"]!;
}
