namespace RagStudio.Data.Migrator;

/// <summary>A folder among the backup sets whose manifest is there but cannot be read or trusted. It is never restored and never removed.</summary>
/// <param name="Id">The folder's name, which is the set's.</param>
/// <param name="Fault">What is wrong, a sentence.</param>
public sealed record UnreadableBackup(string Id, string Fault);
