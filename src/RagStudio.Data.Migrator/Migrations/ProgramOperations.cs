using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>What a migration of the program does both ways.</summary>
/// <param name="Up">What its <c>Up</c> does; <see langword="null"/> where that cannot be told.</param>
/// <param name="Down">What its <c>Down</c> is worth.</param>
internal sealed record ProgramOperations(IReadOnlyList<MigrationOperation>? Up, MigrationDown Down)
{
    public static ProgramOperations Read(KnownMigration known, string efProvider)
    {
        try
        {
            var migration = known.Create(efProvider);
            return new ProgramOperations(UpOf(migration), MigrationDown.From(migration));
        }
        // It cannot even be created.
        catch (Exception)
        {
            return new ProgramOperations(null, MigrationDown.None);
        }
    }

    private static IReadOnlyList<MigrationOperation>? UpOf(Migration migration)
    {
        try
        {
            return migration.UpOperations;
        }
        // Migrations are the application's own. One that needs what is not there any more, for it will never run again, is no
        // reason to keep a program from starting.
        catch (Exception)
        {
            return null;
        }
    }
}
