using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Status;

/// <summary>What one small read of a database says.</summary>
/// <param name="Database">The database.</param>
/// <param name="State">What it says of itself.</param>
/// <param name="Plan">What that means for this program.</param>
/// <param name="MissingStamp">The stamps that the database is to keep, where that of this program is not among those that it keeps.</param>
internal sealed record DatabaseReading(
    IMigrationDatabase Database,
    DatabaseState State,
    MigrationComparison Plan,
    string? MissingStamp
)
{
    /// <summary>Computes no checksum where those of the same migrations were compared with the same recorded ones before.</summary>
    /// <param name="database">The database.</param>
    /// <param name="state">What it says of itself.</param>
    /// <param name="report">Reports how many checksums are compared, of how many.</param>
    public static DatabaseReading Compare(IMigrationDatabase database, DatabaseState state, Action<long, long> report)
    {
        if (state.Checksums.Count == 0)
        {
            return new DatabaseReading(database, state, MigrationPlanner.Compare(database, state), MissingStamp: null);
        }
        var stamp = ProgramStamp.Compute(database, state.Checksums);
        return ProgramStamp.IsIn(state.Cache.ProgramStamp, stamp)
            ? new DatabaseReading(
                database,
                state,
                MigrationPlanner.Compare(database, state.Applied),
                MissingStamp: null
            )
            : new DatabaseReading(
                database,
                state,
                MigrationPlanner.Compare(database, state, report),
                ProgramStamp.AddTo(state.Cache.ProgramStamp, stamp)
            );
    }
}
