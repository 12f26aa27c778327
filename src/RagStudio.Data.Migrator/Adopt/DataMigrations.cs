using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Adopt;

/// <summary>
/// Finds the migrations that may change rows, if they leave the schema as it is. Where that cannot be ruled out, they may.
/// </summary>
internal static class DataMigrations
{
    public static IReadOnlySet<string> Find(IMigrationDatabase database, ExpectedSchemas expected) =>
        database
            .Migrations.Select(migration => migration.Version)
            .Where(version =>
                expected.HasCode(database.Name, version) || MayChangeRows(ProgramMigrations.For(database)[version])
            )
            .ToHashSet(MigrationIdComparer.Default);

    private static bool MayChangeRows(ProgramMigration migration) =>
        migration.Checksum is null || !migration.Up.All(IsOfSchemaOnly);

    /// <summary>Not a renamed or dropped column: two of them can exchange their values.</summary>
    private static bool IsOfSchemaOnly(MigrationOperation operation) =>
        operation
            is AlterColumnOperation
                or AlterTableOperation
                or AlterDatabaseOperation
                or CreateIndexOperation
                or DropIndexOperation
                or RenameIndexOperation
                or AddForeignKeyOperation
                or DropForeignKeyOperation
                or AddCheckConstraintOperation
                or DropCheckConstraintOperation;
}
