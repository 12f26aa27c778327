using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.BackUp;

/// <summary>
/// Proves what the location of a set does not: that it was made from the databases that a run holds. The
/// first line of the history in a copy equals that of its source, and no other database has the same line. A
/// set of an earlier version records no file, so it must be proved. A set identified only by its location may
/// have been moved there from elsewhere, so it must not be disproved.
/// </summary>
internal sealed class BackupOrigins(LockedSet locked, BackupStore backups)
{
    /// <summary>Finds a database that a set is apparently not a copy of.</summary>
    /// <returns>The storage; <see langword="null"/> if there is none.</returns>
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
            // A database that did not exist has no history. The set's other databases show whose set it is.
            return copy.RelativePath is not null || backup.Copies().Any();
        }
        if (copy.CompressedBytes is not null)
        {
            // It cannot be read, so nothing disproves that it was moved here from elsewhere.
            return false;
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
            // An unreadable copy proves nothing; a check of the set reports what is wrong with it.
            return null;
        }
    }
}
