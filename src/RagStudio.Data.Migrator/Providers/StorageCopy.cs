namespace RagStudio.Data.Migrator.Providers;

/// <summary>A newly created copy of a storage.</summary>
/// <param name="Pages">Its size in pages.</param>
/// <param name="Sha256">The lower-case hexadecimal SHA-256 of its file.</param>
public sealed record StorageCopy(long Pages, string Sha256);
