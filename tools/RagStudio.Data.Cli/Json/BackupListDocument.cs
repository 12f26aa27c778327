namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>backup list</c>.</summary>
/// <param name="Backups">The newest first.</param>
internal sealed record BackupListDocument(IReadOnlyList<BackupDocument> Backups);
