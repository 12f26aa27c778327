namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>backup verify</c>.</summary>
/// <param name="Backups">The newest first.</param>
internal sealed record BackupVerifyDocument(IReadOnlyList<VerifiedBackupDocument> Backups);
