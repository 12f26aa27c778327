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
            ?? throw await MissingAsync(backupId, limits.Token).ConfigureAwait(false);
        if (!match.Concerns(backup))
        {
            throw OfOther(backup, run.Set.Storages[0]);
        }
        if (run.Set.Databases.FirstOrDefault(database => Lacks(backup, database, match)) is { } missing)
        {
            throw new BackupFailedException(backups.PathOf(backup.Id), $"it has no database '{missing.Name}'");
        }
        var faults = await new BackupVerifier(run.Set, backups, match, acceptsDamaged: run.Options.RestoreDamaged)
            .VerifyOwnAsync(backup, limits)
            .ConfigureAwait(false);
        if (faults.Count > 0)
        {
            throw new BackupFailedException(backups.PathOf(backup.Id), string.Join("; ", faults) + WayOut(backup));
        }
        await DemandProofAsync(backup, match, limits.Token).ConfigureAwait(false);
        return backup;
    }

    private async Task<MigrationException> MissingAsync(string backupId, CancellationToken cancellationToken)
    {
        var unreadable = await backups.ListUnreadableAsync(cancellationToken).ConfigureAwait(false);
        return
            unreadable.FirstOrDefault(one => string.Equals(one.Id, backupId, StringComparison.OrdinalIgnoreCase))
                is { } damaged
            ? new BackupFailedException(backups.PathOf(damaged.Id), damaged.Fault.TrimEnd('.'))
            : new BackupNotFoundException(backupId, backups.Folder);
    }

    private static string WayOut(BackupSet backup) =>
        backup.Verified ? "" : ". Where nothing better is left, restore it knowingly: --even-damaged or RestoreDamaged";

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

    /// <summary>Also where the set has a database in a file of its own that the program has in one with others: all of that would go.</summary>
    private static bool Lacks(BackupSet backup, IMigrationDatabase database, BackupMatch match) =>
        match.CopyOf(backup, database.Storage) is not { } shared
        || (match.EntryOf(backup, database) ?? backup.Databases.FirstOrDefault(copy => copy.Name == database.Name))
            is { } own
            && own.File != shared.File;

    private static BackupOfOtherDatabaseException OfOther(BackupSet backup, IDatabaseStorage storage) =>
        new(backup.Id, storage.Path, [.. backup.Databases.Select(copy => copy.Path).OfType<string>().Distinct()]);
}
