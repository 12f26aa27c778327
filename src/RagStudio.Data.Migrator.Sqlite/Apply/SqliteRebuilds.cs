using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>
/// Tells the migrations for which EF copies whole tables, because SQLite's ALTER TABLE cannot do it:
/// https://learn.microsoft.com/ef/core/providers/sqlite/limitations#migrations-limitations.
/// </summary>
internal static class SqliteRebuilds
{
    public static bool Any(Migration migration) =>
        Operations(() => migration.UpOperations).Any(IsRebuild)
        || Operations(() => migration.DownOperations).Any(IsRebuild);

    private static bool IsRebuild(MigrationOperation operation) =>
        operation
            is AddCheckConstraintOperation
                or AddForeignKeyOperation
                or AddPrimaryKeyOperation
                or AddUniqueConstraintOperation
                or AlterColumnOperation
                or DropCheckConstraintOperation
                or DropColumnOperation
                or DropForeignKeyOperation
                or DropPrimaryKeyOperation
                or DropUniqueConstraintOperation;

    private static IReadOnlyList<MigrationOperation> Operations(Func<IReadOnlyList<MigrationOperation>> read)
    {
        try
        {
            return read();
        }
        // An Up or Down that throws is reported where it is run; it needs no space.
        catch (Exception)
        {
            return [];
        }
    }
}
