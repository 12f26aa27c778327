using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Guarded;
using RagStudio.Data.Migrator.Sqlite.Storage;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds SQLite databases to the set that an application migrates.</summary>
public static class SqliteMigratorBuilderExtensions
{
    /// <summary>
    /// Adds an SQLite database that a context owns. The context needs no change: it is created with options of
    /// <typeparamref name="TContext"/> for its own migrations, other constructor arguments come from the application's services.
    /// </summary>
    /// <typeparam name="TContext">The context whose migrations are applied.</typeparam>
    /// <param name="builder">The migrator.</param>
    /// <param name="name">The database's name in the set, unique in it: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</param>
    /// <param name="connectionString">A connection string that names a file.</param>
    /// <param name="configure">Sets what differs from EF's defaults.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name or the connection string cannot be used.</exception>
    [RequiresUnreferencedCode(TrimmedContext.Advice)]
    public static MigratorBuilder AddSqliteDatabase<[DynamicallyAccessedMembers(TrimmedContext.Needed)] TContext>(
        this MigratorBuilder builder,
        string name,
        string connectionString,
        Action<SqliteDatabaseOptions>? configure = null
    )
        where TContext : DbContext =>
        builder.AddSqliteDatabase<TContext>(name, _ => connectionString, (_, options) => configure?.Invoke(options));

    /// <summary>Adds an SQLite database whose path and options come from the application's services.</summary>
    /// <typeparam name="TContext">The context whose migrations are applied.</typeparam>
    /// <param name="builder">The migrator.</param>
    /// <param name="name">The database's name in the set, unique in it: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</param>
    /// <param name="connectionString">Returns a connection string that names a file.</param>
    /// <param name="configure">Sets what differs from EF's defaults.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name cannot be used.</exception>
    [RequiresUnreferencedCode(TrimmedContext.Advice)]
    public static MigratorBuilder AddSqliteDatabase<[DynamicallyAccessedMembers(TrimmedContext.Needed)] TContext>(
        this MigratorBuilder builder,
        string name,
        Func<IServiceProvider, string> connectionString,
        Action<IServiceProvider, SqliteDatabaseOptions>? configure = null
    )
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        return builder.AddSqliteDatabase<TContext>(
            name,
            (services, _) => new SqliteStorage(connectionString(services)),
            configure
        );
    }

    /// <summary>Adds an SQLite database by its file, with no other connection settings.</summary>
    /// <typeparam name="TContext">The context whose migrations are applied.</typeparam>
    /// <param name="builder">The migrator.</param>
    /// <param name="name">The database's name in the set, unique in it: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</param>
    /// <param name="file">Returns the file, which may not exist.</param>
    /// <param name="configure">Sets what differs from EF's defaults.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name cannot be used.</exception>
    [RequiresUnreferencedCode(TrimmedContext.Advice)]
    public static MigratorBuilder AddSqliteDatabase<[DynamicallyAccessedMembers(TrimmedContext.Needed)] TContext>(
        this MigratorBuilder builder,
        string name,
        Func<IServiceProvider, FileInfo> file,
        Action<IServiceProvider, SqliteDatabaseOptions>? configure = null
    )
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(file);
        return builder.AddSqliteDatabase<TContext>(
            name,
            (services, options) => new SqliteStorage(file(services), options.ForeignKeys),
            configure
        );
    }

    /// <summary>
    /// Adds the SQLite database of a context that the application has registered (<c>AddDbContext</c>,
    /// <c>AddDbContextFactory</c>): its connection, its history table and the assembly of its migrations are
    /// those of the context's options, read when the database is first needed.
    /// </summary>
    /// <typeparam name="TContext">The context whose migrations are applied.</typeparam>
    /// <param name="builder">The migrator.</param>
    /// <param name="name">
    /// The database's name in the set, unique in it: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.
    /// </param>
    /// <param name="configure">
    /// Adds other options of the registered context that the migrating one needs, such as a naming
    /// convention.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name cannot be used.</exception>
    [RequiresUnreferencedCode(TrimmedContext.Advice)]
    public static MigratorBuilder AddSqliteDatabase<[DynamicallyAccessedMembers(TrimmedContext.Needed)] TContext>(
        this MigratorBuilder builder,
        string name,
        Action<IServiceProvider, SqliteDatabaseOptions>? configure = null
    )
        where TContext : DbContext =>
        builder.AddSqliteDatabase<TContext>(
            name,
            (services, _) => new SqliteStorage(Registered<TContext>(services, name).ConnectionString),
            (services, options) =>
            {
                Registered<TContext>(services, name).Describe(options);
                configure?.Invoke(services, options);
            }
        );

    private static RegisteredContext Registered<[DynamicallyAccessedMembers(TrimmedContext.Needed)] TContext>(
        IServiceProvider services,
        string name
    )
        where TContext : DbContext => RegisteredContext.Read<TContext>(services, name, SqliteProvider.Instance);

    [RequiresUnreferencedCode(TrimmedContext.Advice)]
    private static MigratorBuilder AddSqliteDatabase<[DynamicallyAccessedMembers(TrimmedContext.Needed)] TContext>(
        this MigratorBuilder builder,
        string name,
        Func<IServiceProvider, SqliteDatabaseOptions, SqliteStorage> storage,
        Action<IServiceProvider, SqliteDatabaseOptions>? configure
    )
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        DatabaseName.ThrowIfNoFileName(name);
        return builder.AddDatabase(
            name,
            services =>
            {
                var options = new SqliteDatabaseOptions();
                configure?.Invoke(services, options);
                var contexts = new NewContexts<TContext>(SqliteProvider.Instance, options, services);
                return new SqliteMigrationDatabase(name, storage(services, options), contexts);
            }
        );
    }
}
