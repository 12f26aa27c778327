namespace RagStudio.Data.Migrator;

/// <summary>Writes the copies and the manifest of one set into a folder.</summary>
internal sealed class BackupWriter(MigrationRun run, HeldStorages held, string folder)
{
    public async Task<CreatedBackup> WriteAsync(BackupReason reason, CancellationToken cancellationToken)
    {
        var databases = new List<BackupDatabase>();
        var checks = new Dictionary<IDatabaseStorage, StorageCheck>();
        foreach (var (storage, session) in held.All)
        {
            var (copy, check) = await CopyAsync(storage, session, cancellationToken).ConfigureAwait(false);
            checks[storage] = check;
            foreach (var database in DatabasesOf(storage))
            {
                var state = await session.ReadAsync(database, cancellationToken).ConfigureAwait(false);
                databases.Add(
                    copy with
                    {
                        Name = database.Name,
                        MigrationId = state.Applied.Max(MigrationPlanner.VersionOrder),
                    }
                );
            }
        }
        var set = Describe(reason, [.. run.Set.Databases.Select(d => databases.First(copy => copy.Name == d.Name))]);
        await DurableFile
            .WriteAsync(Path.Combine(folder, BackupManifest.FileName), BackupManifest.Write(set), cancellationToken)
            .ConfigureAwait(false);
        return new CreatedBackup(set, checks);
    }

    private async Task<(BackupDatabase Copy, StorageCheck Check)> CopyAsync(
        IDatabaseStorage storage,
        IStorageSession session,
        CancellationToken cancellationToken
    )
    {
        var name = DatabasesOf(storage).First().Name;
        if (!session.Existed)
        {
            return (new BackupDatabase(name, null, null, 0, 0, null, null), StorageCheck.Clean);
        }

        var file = Path.Combine(folder, name + Path.GetExtension(storage.Path));
        var pages = await session
            .BackUpAsync(file, new CopyProgress(run, name), cancellationToken)
            .ConfigureAwait(false);
        var check = await storage.CheckCopyAsync(file, cancellationToken).ConfigureAwait(false);
        if (check.IsDamaged)
        {
            throw new DatabaseAccessException(
                MigrationPhase.BackUp,
                storage.Path,
                DatabaseProblem.Corrupt,
                check.Errors[0].Detail
            );
        }

        var hash = await DurableFile.FlushAndHashAsync(file, cancellationToken).ConfigureAwait(false);
        var bytes = new FileInfo(file).Length;
        return (
            new BackupDatabase(name, Path.GetFileName(file), null, bytes, pages, hash, BackupDatabase.CheckPassed),
            check
        );
    }

    private BackupSet Describe(BackupReason reason, IReadOnlyList<BackupDatabase> databases) =>
        new(
            BackupManifest.FormatVersion,
            run.NewBackupId,
            run.StartedAt,
            reason,
            run.Id,
            ProgramVersion.Program,
            databases
        );

    private IEnumerable<IMigrationDatabase> DatabasesOf(IDatabaseStorage storage) =>
        run.Set.Databases.Where(database => database.Storage.Equals(storage));

    private sealed class CopyProgress(MigrationRun run, string database) : IProgress<(long Copied, long Total)>
    {
        public void Report((long Copied, long Total) value) =>
            run.Report(
                new MigrationProgress(MigrationPhase.BackUp, database, Completed: value.Copied, Total: value.Total)
            );
    }
}
