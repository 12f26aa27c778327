using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Undo;

/// <summary>Replaces the content of every held storage by that of a backup set.</summary>
/// <param name="locked">The set.</param>
/// <param name="backups">The folder of the set.</param>
/// <param name="match">Tells which storage a copy is for.</param>
internal sealed class SetRestorer(LockedSet locked, BackupStore backups, BackupMatch match)
{
    private readonly MigrationRun _run = locked.Run;

    /// <param name="backup">The set; <see langword="null"/> for one in which no storage held anything.</param>
    /// <param name="storages">The storages to restore; one that did not exist then is left without any content.</param>
    public async Task RestoreAsync(BackupSet? backup, IReadOnlyList<IDatabaseStorage> storages)
    {
        foreach (var (storage, session) in locked.All.Where(pair => storages.Contains(pair.Storage)))
        {
            var copy = FileFor(backup, storage);
            var name = _run.Set.In(storage)[0].Name;
            _run.Report(new MigrationProgress(MigrationPhase.RollBack, name));
            await session.RestoreAsync(copy).ConfigureAwait(false);
            _run.Report(new MigrationProgress(MigrationPhase.RollBack, name));
        }
    }

    /// <summary>As somebody asked for, which the history tells.</summary>
    public async Task RestoreAndRecordAsync(BackupSet backup)
    {
        await RestoreAsync(backup, _run.Set.Storages).ConfigureAwait(false);
        await AppendAsync(backup, database => _run.NewRestored(database.Name, backup.Id)).ConfigureAwait(false);
    }

    /// <summary>Tells the history of every database that the set had; not that of one that was damaged, in which nothing can be written with trust.</summary>
    public async Task AppendAsync(BackupSet? backup, Func<IMigrationDatabase, MigrationRecord> describe)
    {
        foreach (var database in _run.Set.Databases)
        {
            if (
                backup is not null
                && match.CopyOf(backup, database.Storage)
                    is { File: not null, Check: null or BackupDatabase.CheckPassed }
            )
            {
                await locked[database.Storage].AppendAsync(database, describe(database)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A set that says nothing of a storage is no reason to empty it.</summary>
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
