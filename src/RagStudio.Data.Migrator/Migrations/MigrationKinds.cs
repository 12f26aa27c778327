using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Migrations;

internal static class MigrationKinds
{
    /// <summary>Returns the kind that the migration declares, or otherwise the one that its operations show.</summary>
    public static MigrationKind For(Migration migration) =>
        migration.GetType().GetCustomAttribute<MigrationKindAttribute>()?.Kind ?? Infer(migration.UpOperations);

    public static MigrationKind Infer(IReadOnlyList<MigrationOperation> operations) =>
        operations switch
        {
            [] => MigrationKind.Schema,
            _ when operations.All(IsIndex) => MigrationKind.Index,
            _ when operations.All(IsRows) => MigrationKind.Seed,
            _ when operations.All(operation => operation is SqlOperation) => MigrationKind.Data,
            _ => MigrationKind.Schema,
        };

    private static bool IsIndex(MigrationOperation operation) =>
        operation is CreateIndexOperation or DropIndexOperation or RenameIndexOperation;

    private static bool IsRows(MigrationOperation operation) =>
        operation is InsertDataOperation or UpdateDataOperation or DeleteDataOperation;
}
