namespace RagStudio.Data.Migrator.Providers;

/// <summary>A newly created copy of a storage.</summary>
/// <param name="Pages">Its size in pages.</param>
/// <param name="Sha256">
/// The lower-case hexadecimal SHA-256 of its file; <see langword="null"/> if the file shares the storage's blocks
/// (<see cref="BackupKind.Clone"/>), so that nothing was read that could be hashed.
/// </param>
public sealed record StorageCopy(long Pages, string? Sha256);
