using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator;

/// <summary>What a migration's <c>Down</c> is worth.</summary>
/// <param name="Operations">What it does.</param>
internal readonly record struct MigrationWayBack(IReadOnlyList<MigrationOperation> Operations)
{
    /// <summary>Whether there is a way back at all.</summary>
    public bool Exists => Operations.Count > 0;

    public static MigrationWayBack Of(Migration migration)
    {
        try
        {
            return new MigrationWayBack(migration.DownOperations);
        }
        // Whatever a Down throws, it says the same: the author gave this migration no way back.
        catch (Exception)
        {
            return new MigrationWayBack([]);
        }
    }
}
