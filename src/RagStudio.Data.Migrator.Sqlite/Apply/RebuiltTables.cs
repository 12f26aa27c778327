using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Apply;

/// <summary>
/// Keeps what EF loses when it replaces tables by copies: the indexes and triggers that EF does not know, and the counter of ids that are never given out
/// twice. The tables are those of the migration's operations; what its author rebuilds by SQL is the author's.
/// </summary>
internal sealed class RebuiltTables(SqliteConnection connection, string version, IMigrationObserver observer)
{
    private List<RebuiltTable> _tables = [];

    /// <summary>Notes what the tables have, just before the copies take their place.</summary>
    public void Remember() =>
        _tables = [
            .. RebuildOperations
                .TablesOf(observer.OperationsFrom(version).FirstOrDefault() ?? [])
                .Select(table => RebuiltTable.TryRead(connection, table))
                .OfType<RebuiltTable>(),
        ];

    /// <summary>Creates again what is missing, within the migration's transaction.</summary>
    public void RecreateLost()
    {
        foreach (var table in _tables)
        {
            table.RestoreCounter();
            foreach (var lost in table.FindLost().Where(lost => !IsCreatedLater(lost.Name)))
            {
                var unfit = table.TryRecreate(lost);
                observer.Rebuilt(version, new RebuiltObject(lost.Kind, lost.Name, table.Name, unfit));
            }
        }
    }

    /// <summary>Authors who know EF create again what it has lost, in a later migration, which would fail over an object that is there.</summary>
    private bool IsCreatedLater(string name) =>
        observer
            .OperationsFrom(version)
            .Skip(1)
            .Any(operations => operations.Any(operation => RebuildOperations.Creates(operation, name)));
}
