using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator;

/// <summary>Reads what migrations do, without an EF model.</summary>
internal static class MigrationOperations
{
    public static KnownMigration Find(IMigrationDatabase database, string version) =>
        database.Migrations.First(known => MigrationPlanner.VersionOrder.Equals(known.Version, version));

    public static IReadOnlyList<MigrationOperation> Of(
        IMigrationDatabase database,
        string version,
        bool reverts = false
    )
    {
        try
        {
            var migration = Find(database, version).Create(database.EFProvider);
            return reverts ? migration.DownOperations : migration.UpOperations;
        }
        // An Up or Down that throws is reported where it is run; nothing can be foreseen of it.
        catch (Exception)
        {
            return [];
        }
    }
}
