using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>The <c>Down</c> of a migration.</summary>
/// <param name="Operations">What it does.</param>
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
            return new MigrationDown(operations, operations.Count > 0 || DoesNothing(migration));
        }
        // Whatever a Down throws, it says the same: the author gave this migration no way back.
        catch (Exception)
        {
            return None;
        }
    }

    private static bool DoesNothing(Migration migration)
    {
        try
        {
            return migration.UpOperations.Count == 0;
        }
        // What an Up throws is reported where it is run. What it does is not known.
        catch (Exception)
        {
            return false;
        }
    }
}
