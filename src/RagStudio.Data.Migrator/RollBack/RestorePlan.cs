namespace RagStudio.Data.Migrator;

/// <summary>Finds the set that somebody wants restored, or refuses it before anything is changed.</summary>
internal sealed class RestorePlan(MigrationSet set, BackupStore backups, MigrationOptions options)
{
    public async Task<BackupSet> FindAsync(string backupId, WorkLimits limits)
    {
        var backup =
            await backups.FindAsync(backupId, limits.Token).ConfigureAwait(false)
            ?? throw new BackupNotFoundException(backupId, backups.Folder);
        if (set.Databases.FirstOrDefault(d => backup.Databases.All(b => b.Name != d.Name)) is { } missing)
        {
            throw new BackupFailedException(backups.PathOf(backup.Id), $"it has no database '{missing.Name}'");
        }
        var faults = await new BackupVerifier(set, backups, acceptsDamaged: options.RestoreDamaged)
            .VerifyAsync(backup, limits)
            .ConfigureAwait(false);
        return faults.Count == 0
            ? backup
            : throw new BackupFailedException(backups.PathOf(backup.Id), string.Join("; ", faults) + WayOut(backup));
    }

    private static string WayOut(BackupSet backup) =>
        backup.Verified ? "" : ". Where nothing better is left, restore it knowingly: --even-damaged or RestoreDamaged";
}
