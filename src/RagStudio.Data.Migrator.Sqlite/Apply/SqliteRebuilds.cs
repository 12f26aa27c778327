using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Sqlite.Apply;

/// <summary>
/// Identifies the operations for which EF copies whole tables, because SQLite's ALTER TABLE cannot do it:
/// https://learn.microsoft.com/ef/core/providers/sqlite/limitations#migrations-limitations. EF copies when the migration's other operations are done.
/// </summary>
internal static class SqliteRebuilds
{
    public static IReadOnlyList<MigrationOperation> Find(IReadOnlyList<MigrationOperation> operations)
    {
        var created = operations.OfType<CreateTableOperation>().Select(create => create.Name).ToHashSet();
        // EF writes a foreign key into the table that the same migration creates.
        return
        [
            .. operations.Where(operation =>
                IsRebuild(operation) && !(operation is AddForeignKeyOperation key && created.Contains(key.Table))
            ),
        ];
    }

    private static bool IsRebuild(MigrationOperation operation) =>
        operation
            is AddCheckConstraintOperation
                or AddForeignKeyOperation
                or AddPrimaryKeyOperation
                or AddUniqueConstraintOperation
                or AlterColumnOperation
                or AlterTableOperation
                or DropCheckConstraintOperation
                or DropColumnOperation
                or DropForeignKeyOperation
                or DropPrimaryKeyOperation
                or DropUniqueConstraintOperation;
}
