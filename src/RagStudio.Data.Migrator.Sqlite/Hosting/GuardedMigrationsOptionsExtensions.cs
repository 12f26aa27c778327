using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore.Storage;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Guarded;
using RagStudio.Data.Migrator.Sqlite.Contexts;
using RagStudio.Data.Migrator.Sqlite.Guarded;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Guards EF's own ways to migrate.</summary>
public static class GuardedMigrationsOptionsExtensions
{
    /// <summary>
    /// Makes <c>Database.Migrate</c>, <c>Database.MigrateAsync</c>, <c>dotnet ef database update</c> and
    /// migration bundles run like those of <see cref="IMigrationManager"/>: locked, recovered, backed up,
    /// within time limits, with each migration in one transaction, validated, recorded, and restored if
    /// anything fails. The context forms a set by itself; migrations are applied exactly as EF would apply
    /// them.
    /// </summary>
    /// <remarks>
    /// A target works as in EF: newer migrations are reverted, or pending ones are applied up to it, but
    /// never both in one call. Seeding runs as in EF. The context's connection must not be in a transaction;
    /// an open one is closed meanwhile and reopened. Left to EF alone: databases in memory, read-only
    /// connections, contexts without migrations, and <c>EnsureCreated</c>. Exceptions are those of
    /// <see cref="IMigrationManager.MigrateAsync"/>, <see cref="IMigrationManager.MigrateToVersionAsync"/>
    /// and <see cref="IMigrationManager.RollbackToVersionAsync"/>.
    /// </remarks>
    /// <param name="builder">The options of a context that uses SQLite.</param>
    /// <param name="name">
    /// The database's name in backups and in the history: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.
    /// Default <see langword="null"/>: the name that <c>AddSqliteDatabase</c> gave it in the same
    /// application, otherwise the name of the context's class. It is a display name: backups and history
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
        GuardedMigrations.Use(builder, SqliteGuardedProvider.Instance, name, configure);
        builder.ReplaceService<IRelationalDatabaseCreator, OpenDatabaseCreator>();
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
