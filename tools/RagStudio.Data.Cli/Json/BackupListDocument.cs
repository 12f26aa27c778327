using System.Text.Json.Serialization;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>backup list</c>.</summary>
/// <param name="Backups">The newest first.</param>
internal sealed record BackupListDocument(IReadOnlyList<BackupDocument> Backups)
{
    /// <summary>The sets whose manifest cannot be read; left out where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<UnreadableBackupDocument>? Unreadable { get; init; }
}
