namespace RagStudio.Data.Migrator.Providers;

/// <summary>A copy of a storage that was just made.</summary>
/// <param name="Pages">Its size in pages.</param>
/// <param name="Sha256">Lower-case hex SHA-256 of its file.</param>
public sealed record StorageCopy(long Pages, string Sha256);
