using System.Text.Json.Serialization;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>backup create</c>.</summary>
internal sealed record BackupCreatedDocument(
    string BackupId,
    DateTimeOffset CreatedAt,
    BackupReason Reason,
    long SizeBytes,
    bool Verified,
    IReadOnlyList<BackupDatabase> Databases
)
{
    /// <summary>The ids of the backup sets removed because of the new one; omitted if there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? PrunedBackups { get; init; }

    public static BackupCreatedDocument From(BackupSet set) =>
        new(set.Id, set.CreatedAt, set.Reason, set.SizeBytes, set.Verified, set.Databases)
        {
            PrunedBackups = RunDocument.OrNone(set.PrunedBackups),
        };
}
