using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>The <c>Down</c> of a migration.</summary>
/// <param name="Operations">Its operations.</param>
/// <param name="Exists">
/// True if the migration can be reverted. An empty <c>Down</c> reverts only an empty <c>Up</c>.
/// </param>
internal readonly record struct MigrationDown(IReadOnlyList<MigrationOperation> Operations, bool Exists)
{
    public static MigrationDown None { get; } = new([], Exists: false);

    public static MigrationDown From(Migration migration)
    {
        try
        {
            var operations = migration.DownOperations;
            return new MigrationDown(operations, operations.Count > 0 || ProgramOperations.UpOf(migration) is []);
        }
        // Any exception from a Down means the same: the author declares that the migration cannot be reverted.
        catch (Exception)
        {
            return None;
        }
    }
}
