namespace RagStudio.Data.Migrator;

/// <summary>
/// Proves of sets that earlier versions made, which name no file, that they are copies of the databases that a run holds: the first line of the history in
/// a copy is that of its source, and no other database has it.
/// </summary>
internal sealed class BackupOrigins(HeldStorages held, BackupStore backups)
{
    /// <summary>The database of which a set may be no copy, for all that can be told.</summary>
    /// <returns>The storage; <see langword="null"/> where the set names its files, or all of it is proved.</returns>
    public async Task<IDatabaseStorage?> FindUnprovenAsync(
        BackupSet backup,
        BackupMatch match,
        CancellationToken cancellationToken
    )
    {
        foreach (var (storage, session) in held.All)
        {
            if (
                match.CopyOf(backup, storage) is { Path: null, RelativePath: null } copy
                && !await IsProvenAsync(storage, session, backup, copy, cancellationToken).ConfigureAwait(false)
            )
            {
                return storage;
            }
        }
        return null;
    }

    private async Task<bool> IsProvenAsync(
        IDatabaseStorage storage,
        IStorageSession session,
        BackupSet backup,
        BackupDatabase copy,
        CancellationToken cancellationToken
    )
    {
        if (copy.File is null)
        {
            // What did not exist has no history. The other databases of the set tell whose it is.
            return backup.Copies().Any();
        }
        var live = await session.ReadHistoryTraceAsync(cancellationToken).ConfigureAwait(false);
        return live.Origin is { } origin
            && origin
                == await ReadOriginAsync(storage, backups.PathOf(backup, copy.File), cancellationToken)
                    .ConfigureAwait(false);
    }

    private static async Task<string?> ReadOriginAsync(
        IDatabaseStorage storage,
        string file,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (await storage.At(file).OpenReaderAsync(cancellationToken).ConfigureAwait(false) is not { } reader)
            {
                return null;
            }
            await using (reader.ConfigureAwait(false))
            {
                return (await reader.ReadHistoryTraceAsync(cancellationToken).ConfigureAwait(false)).Origin;
            }
        }
        catch (MigrationException)
        {
            // A copy that cannot be read proves nothing; a check of the set says what is wrong with it.
            return null;
        }
    }
}
