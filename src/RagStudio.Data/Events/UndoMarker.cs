using System.Text.Json.Nodes;

namespace RagStudio.Data;

/// <summary>The events by which the store itself records an undo or a redo; they end no redo and cannot be undone.</summary>
/// <remarks>Their data is <c>{"sequence_number":n}</c>, the number of the event that they take away or bring back.</remarks>
public static class UndoMarker
{
    /// <summary>Type of the event that takes an earlier event of its stream out of effect.</summary>
    public const string Undo = "$undo";

    /// <summary>Type of the event that brings an undone event back.</summary>
    public const string Redo = "$redo";

    internal const char ReservedPrefix = '$';

    /// <summary>True if events of this type are markers.</summary>
    public static bool Is(string eventType) => eventType is Undo or Redo;

    internal static string WriteTarget(long sequenceNumber) =>
        new JsonObject { ["sequence_number"] = sequenceNumber }.ToJsonString();

    internal static long ReadTarget(string eventData) => (long)JsonNode.Parse(eventData)!["sequence_number"]!;
}
