using System.Diagnostics.CodeAnalysis;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Guarded;
using RagStudio.Data.Migrator.PostgreSql.Contexts;
using RagStudio.Data.Migrator.PostgreSql.Guarded;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Guards EF's own ways to migrate.</summary>
public static class PostgreSqlGuardedMigrationsExtensions
{
    /// <summary>
    /// Makes <c>Database.Migrate</c>, <c>Database.MigrateAsync</c>, <c>dotnet ef database update</c> and
    /// migration bundles run like those of <see cref="IMigrationManager"/>: locked, within time limits, as one
    /// transaction that is validated before it is committed, and recorded. The context forms a set by itself; migrations
    /// are applied exactly as EF would apply them.
    /// </summary>
    /// <remarks>
    /// A target works as in EF: newer migrations are reverted, or pending ones are applied up to it, but
    /// never both in one call. Seeding runs as in EF. The context's connection must not be in a transaction. Left to EF
    /// alone: contexts without migrations, and <c>EnsureCreated</c>. Exceptions are those of
    /// <see cref="IMigrationManager.MigrateAsync"/>, <see cref="IMigrationManager.MigrateToVersionAsync"/>
    /// and <see cref="IMigrationManager.RollbackToVersionAsync"/>. In a project that also references the SQLite provider,
    /// whose method has the same name, call it by its class.
    /// </remarks>
    /// <param name="builder">The options of a context that uses PostgreSQL by a connection string.</param>
    /// <param name="name">
    /// The database's name in the history: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.
    /// Default <see langword="null"/>: the name that <c>AddPostgreSqlDatabase</c> gave it in the same
    /// application, otherwise the name of the context's class.
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
        GuardedMigrations.Use(builder, PostgreSqlGuardedProvider.Instance, name, configure);
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
