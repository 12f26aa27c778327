using System.Text.Json.Serialization;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of a backup set within that of <c>backup list</c>.</summary>
internal sealed record BackupDocument(
    string Id,
    DateTimeOffset CreatedAt,
    BackupReason Reason,
    long SizeBytes,
    bool Verified,
    IReadOnlyList<BackupDatabase> Databases
)
{
    /// <summary>True for what a run keeps in the database; omitted for copies.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Kept { get; init; }

    /// <summary>The backups elsewhere that have what could not be kept; omitted if there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Elsewhere { get; init; }

    public static BackupDocument From(BackupSet set) =>
        new(set.Id, set.CreatedAt, set.Reason, set.SizeBytes, set.Verified, set.Databases)
        {
            Kept = set.IsKept,
            Elsewhere = RunDocument.OrNone(set.Elsewhere),
        };
}
