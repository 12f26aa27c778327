using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Guarded;
using RagStudio.Data.Migrator.Providers;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Guards EF's own ways to migrate.</summary>
public static class GuardedMigrationsOptionsExtensions
{
    /// <summary>
    /// Makes <c>Database.Migrate</c>, <c>Database.MigrateAsync</c>, <c>dotnet ef database update</c> and
    /// migration bundles run like those of <see cref="IMigrationManager"/>: locked, recovered, within time limits,
    /// validated, recorded, and undone if anything fails: on SQLite with a backup that is restored, on PostgreSQL as one
    /// transaction. The context forms a set by itself; migrations are applied exactly as EF would apply them.
    /// </summary>
    /// <remarks>
    /// The EF provider that the context uses decides what protects it, whichever of the two is named first; the package
    /// for it must be referenced. A target works as in EF: newer migrations are reverted, or pending ones are applied up
    /// to it, but never both in one call. Seeding runs as in EF. The context's connection must not be in a transaction;
    /// an open one is closed meanwhile and reopened. Left to EF alone: databases in memory, read-only
    /// connections, contexts without migrations, and <c>EnsureCreated</c>. Exceptions are those of
    /// <see cref="IMigrationManager.MigrateAsync"/>, <see cref="IMigrationManager.MigrateToVersionAsync"/>
    /// and <see cref="IMigrationManager.RollbackToVersionAsync"/>.
    /// </remarks>
    /// <param name="builder">The options of a context that uses SQLite, or PostgreSQL by a connection string.</param>
    /// <param name="name">
    /// The database's name in backups and in the history: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.
    /// Default <see langword="null"/>: the name that <c>AddSqliteDatabase</c> or <c>AddPostgreSqlDatabase</c> gave it in
    /// the same application, otherwise the name of the context's class. It is a display name: backups and history
    /// lines with another name are still found.
    /// </param>
    /// <param name="configure">
    /// Sets options. Default <see langword="null"/>: the application's <see cref="MigrationOptions"/> if the
    /// context comes from its services and <c>AddMigrator</c> was called, otherwise the defaults.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name cannot be used.</exception>
    [RequiresUnreferencedCode(TrimmedContext.Advice)]
    public static DbContextOptionsBuilder UseGuardedMigrations(
        this DbContextOptionsBuilder builder,
        string? name = null,
        Action<MigrationOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (name is not null)
        {
            DatabaseName.ThrowIfNoFileName(name);
        }
        builder.ReplaceService<IMigrator, GuardedMigrator>();
        // The EF provider may be named later.
        foreach (var provider in GuardedProviders.All)
        {
            provider.ReplaceServices(builder);
        }
        ((IDbContextOptionsBuilderInfrastructure)builder).AddOrUpdateExtension(
            new GuardedMigrationsExtension(name, configure)
        );
        return builder;
    }

    /// <inheritdoc cref="UseGuardedMigrations(DbContextOptionsBuilder, string?, Action{MigrationOptions}?)"/>
    /// <typeparam name="TContext">The context.</typeparam>
    [RequiresUnreferencedCode(TrimmedContext.Advice)]
    public static DbContextOptionsBuilder<TContext> UseGuardedMigrations<TContext>(
        this DbContextOptionsBuilder<TContext> builder,
        string? name = null,
        Action<MigrationOptions>? configure = null
    )
        where TContext : DbContext =>
        (DbContextOptionsBuilder<TContext>)UseGuardedMigrations((DbContextOptionsBuilder)builder, name, configure);
}
