using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>The operations of a program's migration in both directions.</summary>
/// <param name="Up">The operations of its <c>Up</c>; <see langword="null"/> if they cannot be determined.</param>
/// <param name="Down">Its <c>Down</c>.</param>
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

    /// <summary>The operations of an <c>Up</c>; <see langword="null"/> if they cannot be determined.</summary>
    public static IReadOnlyList<MigrationOperation>? UpOf(Migration migration)
    {
        try
        {
            return migration.UpOperations;
        }
        // Migrations are the application's code. One that needs something that no longer exists, because it
        // will never run again, must not prevent the program from starting.
        catch (Exception)
        {
            return null;
        }
    }
}
