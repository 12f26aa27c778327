using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Status;

/// <summary>The result of one small read of a database.</summary>
/// <param name="Database">The database.</param>
/// <param name="State">The state that it records.</param>
/// <param name="Plan">The comparison with the program's migrations.</param>
/// <param name="MissingStamp">
/// The stamps that the database should store, if this program's is not among the stored ones.
/// </param>
internal sealed record DatabaseReading(
    IMigrationDatabase Database,
    DatabaseState State,
    MigrationComparison Plan,
    string? MissingStamp
)
{
    /// <summary>
    /// Compares the state with the program's migrations. It computes no checksums if the same migrations were
    /// compared with the same recorded ones before.
    /// </summary>
    /// <param name="database">The database.</param>
    /// <param name="state">The state that it records.</param>
    /// <param name="report">Receives the number of compared checksums and their total.</param>
    public static DatabaseReading Compare(IMigrationDatabase database, DatabaseState state, Action<long, long> report)
    {
        var stamp = state.Checksums.Count == 0 ? null : ProgramStamp.Compute(database, state.Checksums);
        return stamp is null || ProgramStamp.IsIn(state.Cache.ProgramStamp, stamp)
            ? new(
                database,
                state,
                MigrationPlanner.Compare(database, state.Applied) with
                {
                    MovedTo = state.MovedTo,
                },
                MissingStamp: null
            )
            : new(
                database,
                state,
                MigrationPlanner.Compare(database, state, report),
                ProgramStamp.AddTo(state.Cache.ProgramStamp, stamp)
            );
    }
}
