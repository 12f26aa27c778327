using System.Text.Json.Serialization;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>backup verify</c>.</summary>
/// <param name="Backups">The sets, newest first.</param>
internal sealed record BackupVerifyDocument(IReadOnlyList<VerifiedBackupDocument> Backups)
{
    /// <summary>The sets with an unreadable manifest; omitted if there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<UnreadableBackupDocument>? Unreadable { get; init; }
}
