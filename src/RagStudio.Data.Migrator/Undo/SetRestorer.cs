using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Undo;

/// <summary>Replaces the content of every locked storage with that of a backup set.</summary>
/// <param name="locked">The set.</param>
/// <param name="backups">The folder of the set.</param>
/// <param name="match">Finds the storage that a copy belongs to.</param>
internal sealed class SetRestorer(LockedSet locked, BackupStore backups, BackupMatch match)
{
    private readonly MigrationRun _run = locked.Run;

    /// <param name="backup">The set; <see langword="null"/> for one in which no storage had any content.</param>
    /// <param name="storages">The storages to restore; one that did not exist then is left without any content.</param>
    public async Task RestoreAsync(BackupSet? backup, IReadOnlyList<IDatabaseStorage> storages)
    {
        foreach (var (storage, session) in locked.All.Where(pair => storages.Contains(pair.Storage)))
        {
            var copy = FileFor(backup, storage);
            var name = _run.Set.In(storage)[0].Name;
            _run.Report(new MigrationProgress(MigrationPhase.RollBack, name));
            await session.RestoreAsync(copy).ConfigureAwait(false);
            CrashPoints.Pass("StorageRestored");
        }
    }

    /// <summary>Restores a set that the user requested, and records it in the history.</summary>
    public async Task RestoreAndRecordAsync(BackupSet backup)
    {
        await RestoreAsync(backup, [.. _run.Set.Storages.Where(storage => match.CopyOf(backup, storage) is not null)])
            .ConfigureAwait(false);
        foreach (var (_, session) in locked.All)
        {
            if (session.Replaced is { } kept)
            {
                _run.Replaced.Add(kept);
            }
        }
        await AppendAsync(backup, database => _run.NewRestored(database, locked[database.Storage].Replaced, backup.Id))
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Adds a line to the history of every database in the set, except a damaged one, which cannot be written
    /// reliably.
    /// </summary>
    public async Task AppendAsync(BackupSet? backup, Func<IMigrationDatabase, MigrationRecord> describe)
    {
        foreach (var database in _run.Set.Databases)
        {
            if (backup is not null && match.CopyOf(backup, database.Storage) is { File: not null, IsDamaged: false })
            {
                await locked[database.Storage].AppendAsync(database, describe(database)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A set that does not mention a storage is not a reason to empty it.</summary>
    private string? FileFor(BackupSet? backup, IDatabaseStorage storage)
    {
        if (backup is null)
        {
            return null;
        }
        var copy =
            match.CopyOf(backup, storage)
            ?? throw new InvalidOperationException($"The backup '{backup.Id}' has no copy of '{storage.DisplayName}'.");
        return copy.File is null ? null : backups.PathOf(backup, copy.File);
    }
}
