namespace RagStudio.Data.Migrator.Tests;

/// <summary>A transaction that another storage's commit decides.</summary>
/// <param name="Content">What it commits.</param>
/// <param name="DecidedBy">The other storage.</param>
/// <param name="Commits">How often that had been committed before.</param>
internal sealed record FakePrepared(byte[] Content, string DecidedBy, int Commits);
