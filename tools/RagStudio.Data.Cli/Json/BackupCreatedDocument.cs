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
    public static BackupCreatedDocument From(BackupSet set) =>
        new(set.Id, set.CreatedAt, set.Reason, set.SizeBytes, set.Verified, set.Databases);
}
