using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>A new backup set, and the results of the checks of the storages before the run.</summary>
/// <param name="Set">The set; <see langword="null"/> if there was nothing to copy.</param>
/// <param name="Checks">A check for each storage.</param>
internal sealed record CreatedBackup(BackupSet? Set, IReadOnlyDictionary<IDatabaseStorage, StorageCheck> Checks);
