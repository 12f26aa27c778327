namespace RagStudio.Data.Migrator;

/// <summary>A backup folder whose manifest cannot be read or trusted. It is never restored and never removed.</summary>
/// <param name="Id">The folder's name, which is the set's.</param>
/// <param name="Fault">The fault, as a sentence.</param>
public sealed record UnreadableBackup(string Id, string Fault);
