using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Sqlite.Apply;

/// <summary>
/// Identifies the operations that EF implements by copying whole tables, because SQLite's ALTER TABLE does
/// not support them: https://learn.microsoft.com/ef/core/providers/sqlite/limitations#migrations-limitations.
/// EF copies after the migration's other operations.
/// </summary>
internal static class SqliteRebuilds
{
    public static IReadOnlyList<MigrationOperation> Find(IReadOnlyList<MigrationOperation> operations)
    {
        var created = operations.OfType<CreateTableOperation>().Select(create => create.Name).ToHashSet();
        // EF includes a foreign key in a table that the same migration creates.
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
