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
    public static BackupDocument From(BackupSet set) =>
        new(set.Id, set.CreatedAt, set.Reason, set.SizeBytes, set.Verified, set.Databases);
}
