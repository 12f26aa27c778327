using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of a backup set within that of <c>backup verify</c>.</summary>
internal sealed record VerifiedBackupDocument(
    string Id,
    DateTimeOffset CreatedAt,
    BackupReason Reason,
    long SizeBytes,
    bool Verified,
    IReadOnlyList<string> Faults,
    IReadOnlyList<BackupDatabase> Databases
)
{
    public static VerifiedBackupDocument From(BackupVerification result) =>
        new(
            result.Backup.Id,
            result.Backup.CreatedAt,
            result.Backup.Reason,
            result.Backup.SizeBytes,
            result.IsGood,
            result.Faults,
            result.Backup.Databases
        );
}
