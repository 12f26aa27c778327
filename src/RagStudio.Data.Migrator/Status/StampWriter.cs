using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Status;

/// <summary>Writes down that the program's migrations are those that were recorded, so that a start needs not find it out again.</summary>
internal static class StampWriter
{
    /// <summary>
    /// After a start with nothing to do: the first one of a new build of the program has computed all checksums, and the others need not.
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

    /// <summary>At the end of a run. Listens to no token: the run is done but for it.</summary>
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
