using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Apply;

/// <summary>
/// The locks that the operations of migrations acquire on tables. What an author's own SQL acquires is not known: it has
/// to get its locks within the same short time when it runs.
/// </summary>
internal static class TableLocks
{
    /// <returns>The strongest lock of each table, by schema and name.</returns>
    public static IReadOnlyDictionary<(string? Schema, string Table), TableLock> Find(IReadOnlyList<PlannedSteps> steps)
    {
        var locks = new Dictionary<(string? Schema, string Table), TableLock>();
        foreach (var (schema, table, needed) in steps.SelectMany(OperationsOf).SelectMany(LocksOf))
        {
            var key = (schema, table);
            locks[key] = locks.TryGetValue(key, out var known) && known > needed ? known : needed;
        }
        return locks;
    }

    private static IEnumerable<MigrationOperation> OperationsOf(PlannedSteps step)
    {
        var database = (IPostgreSqlDatabase)step.Database;
        var planned = step.Versions.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return database
            .Migrations.Where(migration => planned.Contains(migration.Version))
            .Select(migration => migration.Create(database.EFProvider))
            .SelectMany(migration => step.IsReverting ? migration.DownOperations : migration.UpOperations);
    }

    private static IEnumerable<(string? Schema, string Table, TableLock Lock)> LocksOf(MigrationOperation operation) =>
        operation switch
        {
            CreateTableOperation created => created.ForeignKeys.SelectMany(ReferencesOf),
            AddForeignKeyOperation key => [(key.Schema, key.Table, TableLock.ShareRowExclusive), .. ReferencesOf(key)],
            CreateIndexOperation index => IsConcurrent(index) ? [] : [(index.Schema, index.Table, TableLock.Share)],
            DropIndexOperation { Table: { } table } index => [(index.Schema, table, TableLock.AccessExclusive)],
            RenameIndexOperation { Table: { } table } index => [(index.Schema, table, TableLock.AccessExclusive)],
            DropTableOperation dropped => [(dropped.Schema, dropped.Name, TableLock.AccessExclusive)],
            RenameTableOperation renamed => [(renamed.Schema, renamed.Name, TableLock.AccessExclusive)],
            AlterTableOperation altered => [(altered.Schema, altered.Name, TableLock.AccessExclusive)],
            // Rows are changed without keeping others from doing the same to other rows.
            InsertDataOperation or UpdateDataOperation or DeleteDataOperation => [],
            ITableMigrationOperation { Table: { } table } changed =>
            [
                (changed.Schema, table, TableLock.AccessExclusive),
            ],
            _ => [],
        };

    private static IEnumerable<(string? Schema, string Table, TableLock Lock)> ReferencesOf(
        AddForeignKeyOperation key
    ) => [(key.PrincipalSchema, key.PrincipalTable, TableLock.ShareRowExclusive)];

    /// <summary>By the annotation that <c>IsCreatedConcurrently</c> leaves.</summary>
    public static bool IsConcurrent(CreateIndexOperation index) =>
        index.FindAnnotation("Npgsql:CreatedConcurrently")?.Value is true;
}
