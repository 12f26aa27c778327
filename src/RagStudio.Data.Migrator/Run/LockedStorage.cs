using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>A storage that a run has locked.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Session">The session that holds its lock.</param>
internal sealed record LockedStorage(IDatabaseStorage Storage, IStorageSession Session);
