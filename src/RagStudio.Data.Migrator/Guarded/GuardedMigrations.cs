using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Guarded;

/// <summary>Implements <c>UseGuardedMigrations</c> for providers: replaces EF's migrator by a run.</summary>
public static class GuardedMigrations
{
    /// <summary>Makes all of EF's ways to migrate run as <see cref="IMigrationManager"/> runs, for contexts with these options.</summary>
    /// <param name="builder">The options.</param>
    /// <param name="provider">The provider's part.</param>
    /// <param name="name">The database's name in backups and in the history; <see langword="null"/> to leave it to the provider.</param>
    /// <param name="configure">Sets options; <see langword="null"/> for those of the application.</param>
    /// <exception cref="ArgumentException">The name cannot be used.</exception>
    public static void Use(
        DbContextOptionsBuilder builder,
        IGuardedProvider provider,
        string? name,
        Action<MigrationOptions>? configure
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(provider);
        if (name is not null)
        {
            DatabaseName.ThrowIfNoFileName(name);
        }
        builder.ReplaceService<IMigrator, GuardedMigrator>();
        ((IDbContextOptionsBuilderInfrastructure)builder).AddOrUpdateExtension(
            new GuardedMigrationsExtension(provider, name, configure)
        );
    }
}
