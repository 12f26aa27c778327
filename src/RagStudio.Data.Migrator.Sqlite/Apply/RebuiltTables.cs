using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Apply;

/// <summary>
/// Preserves what EF loses when it replaces tables with copies: the indexes and triggers that EF does not
/// know, and the AUTOINCREMENT counter. The tables are those of the migration's operations; a rebuild by raw
/// SQL is its author's responsibility.
/// </summary>
internal sealed class RebuiltTables(SqliteConnection connection, string version, IMigrationObserver observer)
{
    private List<RebuiltTable> _tables = [];

    /// <summary>Records the tables' objects just before the copies replace them.</summary>
    public void Remember() =>
        _tables = [
            .. RebuildOperations
                .TablesOf(observer.OperationsFrom(version).FirstOrDefault() ?? [])
                .Select(table => RebuiltTable.TryRead(connection, table))
                .OfType<RebuiltTable>(),
        ];

    /// <summary>Recreates the missing objects within the migration's transaction.</summary>
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

    /// <summary>
    /// True if a later migration creates the object: authors who know about EF's loss do that, and it would
    /// fail if the object existed already.
    /// </summary>
    private bool IsCreatedLater(string name) =>
        observer
            .OperationsFrom(version)
            .Skip(1)
            .Any(operations => operations.Any(operation => RebuildOperations.Creates(operation, name)));
}
