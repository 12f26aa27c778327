namespace RagStudio.Data.Migrator;

/// <summary>Replaces the content of every held storage by that of a backup set.</summary>
internal sealed class SetRestorer(MigrationRun run, HeldStorages held, BackupStore backups)
{
    /// <param name="backup">The set; <see langword="null"/> for one in which no storage held anything.</param>
    /// <param name="databases">The databases to restore; one that is not in the set is left without any content.</param>
    public async Task RestoreAsync(BackupSet? backup, IEnumerable<string> databases)
    {
        var wanted = databases.ToHashSet(StringComparer.Ordinal);
        foreach (var (storage, session) in held.All)
        {
            if (run.Set.In(storage).FirstOrDefault(database => wanted.Contains(database.Name))?.Name is not { } name)
            {
                continue;
            }
            var copy = backup?.Databases.FirstOrDefault(database => database.Name == name)?.File;
            run.Report(new MigrationProgress(MigrationPhase.RollBack, name));
            await session.RestoreAsync(copy is null ? null : backups.PathOf(backup!, copy)).ConfigureAwait(false);
            run.Report(new MigrationProgress(MigrationPhase.RollBack, name));
        }
    }

    /// <summary>As somebody asked for, which the history tells.</summary>
    public async Task RestoreAndRecordAsync(BackupSet backup)
    {
        await RestoreAsync(backup, run.Set.Names).ConfigureAwait(false);
        await AppendAsync(backup, database => run.NewRestored(database.Name, backup.Id)).ConfigureAwait(false);
    }

    /// <summary>Tells the history of every database that the set had; not that of one that was damaged, in which nothing can be written with trust.</summary>
    public async Task AppendAsync(BackupSet? backup, Func<IMigrationDatabase, MigrationRecord> describe)
    {
        foreach (var database in run.Set.Databases)
        {
            var copy = backup?.Databases.FirstOrDefault(b => b.Name == database.Name);
            if (copy is { File: not null, Check: null or BackupDatabase.CheckPassed })
            {
                await held[database.Storage].AppendAsync(describe(database)).ConfigureAwait(false);
            }
        }
    }
}
