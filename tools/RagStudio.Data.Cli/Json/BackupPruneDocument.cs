namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>backup prune</c>.</summary>
/// <param name="Removed">The ids of the removed sets, oldest first.</param>
internal sealed record BackupPruneDocument(IReadOnlyList<string> Removed);
