namespace RagStudio.Data.Migrator;

/// <summary>Finds the set that somebody wants restored, or refuses it before anything is changed.</summary>
internal sealed class RestorePlan(MigrationRun run, HeldStorages held, BackupStore backups)
{
    /// <param name="backupId">The set.</param>
    /// <param name="match">Tells which of the databases its copies are for.</param>
    /// <param name="limits">How long it may take to check it.</param>
    public async Task<BackupSet> FindAsync(string backupId, BackupMatch match, WorkLimits limits)
    {
        var backup =
            await backups.FindAsync(backupId, limits.Token).ConfigureAwait(false)
            ?? throw new BackupNotFoundException(backupId, backups.Folder);
        if (!match.Concerns(backup))
        {
            throw OfOther(backup, run.Set.Storages[0]);
        }
        if (run.Set.Databases.FirstOrDefault(d => match.CopyOf(backup, d.Storage) is null) is { } missing)
        {
            throw new BackupFailedException(backups.PathOf(backup.Id), $"it has no database '{missing.Name}'");
        }
        var faults = await new BackupVerifier(run.Set, backups, match)
            .VerifyOwnAsync(backup, limits)
            .ConfigureAwait(false);
        if (faults.Count > 0)
        {
            throw new BackupFailedException(backups.PathOf(backup.Id), string.Join("; ", faults));
        }
        await DemandProofAsync(backup, match, limits.Token).ConfigureAwait(false);
        return backup;
    }

    /// <summary>Where there is nothing, nothing can be replaced by what is not its own.</summary>
    private async Task DemandProofAsync(BackupSet backup, BackupMatch match, CancellationToken cancellationToken)
    {
        if (run.Options.RestoreSetsOfOtherDatabases || !held.All.Any(pair => pair.Session.Existed))
        {
            return;
        }
        var origins = new BackupOrigins(held, backups);
        if (await origins.FindUnprovenAsync(backup, match, cancellationToken).ConfigureAwait(false) is { } unproven)
        {
            throw OfOther(backup, unproven);
        }
    }

    private static BackupOfOtherDatabaseException OfOther(BackupSet backup, IDatabaseStorage storage) =>
        new(backup.Id, storage.Path, [.. backup.Databases.Select(copy => copy.Path).OfType<string>().Distinct()]);
}
