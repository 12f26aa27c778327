using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.BackUp;

/// <summary>
/// Proves what a set's place does not: that it is of the databases that a run holds. The first line of the history in a copy is that of its source, and no
/// other database has it. A set of an earlier version names no file, and must be proved. One that is found only by where it lies may have been carried
/// there from elsewhere, and must not be disproved.
/// </summary>
internal sealed class BackupOrigins(LockedSet locked, BackupStore backups)
{
    /// <summary>The database of which a set may be no copy, for all that can be told.</summary>
    /// <returns>The storage; <see langword="null"/> where there is none.</returns>
    public async Task<IDatabaseStorage?> FindUnprovenAsync(
        BackupSet backup,
        BackupMatch match,
        CancellationToken cancellationToken
    )
    {
        foreach (var (storage, session) in locked.All)
        {
            if (
                match.CopyOf(backup, storage) is { } copy
                && !match.NamesFile(copy)
                && !await IsOfAsync(storage, session, backup, copy, cancellationToken).ConfigureAwait(false)
            )
            {
                return storage;
            }
        }
        return null;
    }

    private async Task<bool> IsOfAsync(
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
            return copy.RelativePath is not null || backup.Copies().Any();
        }
        var live = await session.ReadHistoryTraceAsync(cancellationToken).ConfigureAwait(false);
        var origin = await ReadOriginAsync(storage, backups.PathOf(backup, copy.File), cancellationToken)
            .ConfigureAwait(false);
        return live.Origin is null || origin is null ? copy.RelativePath is not null : live.Origin == origin;
    }

    private static async Task<string?> ReadOriginAsync(
        IDatabaseStorage storage,
        string file,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return (await storage.TraceCopyAsync(file, cancellationToken).ConfigureAwait(false)).Origin;
        }
        catch (MigrationException)
        {
            // A copy that cannot be read proves nothing; a check of the set says what is wrong with it.
            return null;
        }
    }
}
