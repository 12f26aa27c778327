namespace RagStudio.Data.Migrator;

/// <summary>Writes down that the program's migrations are those that were recorded, so that a start needs not find it out again.</summary>
internal sealed class StampWriter(MigrationSet set, HeldStorages held)
{
    /// <summary>Listens to no token: the run is done but for it.</summary>
    public async Task WriteAsync()
    {
        foreach (var database in set.Databases)
        {
            var session = held[database.Storage];
            var state = await session.ReadAsync(database, CancellationToken.None).ConfigureAwait(false);
            if (state.Checksums.Count > 0 && MigrationSet.Plan(database, state).Edited.Count == 0)
            {
                var stamp = ProgramStamp.Of(database, state.Checksums);
                await session.WriteProgramStampAsync(database, stamp).ConfigureAwait(false);
            }
        }
    }
}
