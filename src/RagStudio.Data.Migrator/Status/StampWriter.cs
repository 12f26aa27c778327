using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Status;

/// <summary>
/// Records that the program's migrations match the recorded ones, so a start does not have to compare them
/// again.
/// </summary>
internal static class StampWriter
{
    /// <summary>
    /// Writes the stamp after a start with nothing pending: the first one of a new build computed all
    /// checksums, and later ones do not have to.
    /// </summary>
    public static async Task WriteMissingAsync(IEnumerable<DatabaseReading> upToDate)
    {
        foreach (var (database, _, _, missing) in upToDate)
        {
            if (missing is not null)
            {
                await database
                    .Storage.TryWriteCacheAsync(database, new DatabaseCache { ProgramStamp = missing })
                    .ConfigureAwait(false);
            }
        }
    }

    /// <summary>Writes the stamp at the end of a run. It takes no token: everything else is done.</summary>
    public static async Task WriteAsync(LockedSet locked)
    {
        foreach (var database in locked.Run.Set.Databases)
        {
            var session = locked[database.Storage];
            var state = await session.ReadAsync(database, CancellationToken.None).ConfigureAwait(false);
            if (state.Checksums.Count > 0 && MigrationPlanner.Compare(database, state).Edited.Count == 0)
            {
                var stamp = ProgramStamp.Compute(database, state.Checksums);
                await session
                    .WriteCacheAsync(database, new DatabaseCache { ProgramStamp = stamp })
                    .ConfigureAwait(false);
            }
        }
    }
}
