using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.PostgreSql;
using RagStudio.Data.Migrator.PostgreSql.Guarded;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Storage;
using RagStudio.Data.Migrator.Providers;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds PostgreSQL databases to the set that an application migrates.</summary>
public static class PostgreSqlMigratorBuilderExtensions
{
    /// <summary>
    /// Adds a PostgreSQL database that a context owns. The context needs no change: it is created with options of
    /// <typeparamref name="TContext"/> for its own migrations, other constructor arguments come from the application's services.
    /// </summary>
    /// <typeparam name="TContext">The context whose migrations are applied.</typeparam>
    /// <param name="builder">The migrator.</param>
    /// <param name="name">The database's name in the set, unique in it: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</param>
    /// <param name="connectionString">
    /// A connection string that leads to the primary itself, not to a pooler. Its role owns the context's tables, or may
    /// create them.
    /// </param>
    /// <param name="configure">Sets what differs from EF's defaults.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name cannot be used.</exception>
    [RequiresUnreferencedCode(TrimmedContext.Advice)]
    public static MigratorBuilder AddPostgreSqlDatabase<[DynamicallyAccessedMembers(TrimmedContext.Needed)] TContext>(
        this MigratorBuilder builder,
        string name,
        string connectionString,
        Action<PostgreSqlDatabaseOptions>? configure = null
    )
        where TContext : DbContext =>
        builder.AddPostgreSqlDatabase<TContext>(
            name,
            _ => connectionString,
            (_, options) => configure?.Invoke(options)
        );

    /// <summary>Adds a PostgreSQL database whose connection string and options come from the application's services.</summary>
    /// <typeparam name="TContext">The context whose migrations are applied.</typeparam>
    /// <param name="builder">The migrator.</param>
    /// <param name="name">The database's name in the set, unique in it: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</param>
    /// <param name="connectionString">Returns a connection string.</param>
    /// <param name="configure">Sets what differs from EF's defaults.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name cannot be used.</exception>
    [RequiresUnreferencedCode(TrimmedContext.Advice)]
    public static MigratorBuilder AddPostgreSqlDatabase<[DynamicallyAccessedMembers(TrimmedContext.Needed)] TContext>(
        this MigratorBuilder builder,
        string name,
        Func<IServiceProvider, string> connectionString,
        Action<IServiceProvider, PostgreSqlDatabaseOptions>? configure = null
    )
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        return builder.Add<TContext>(name, services => new ConnectionSource(connectionString(services)), configure);
    }

    /// <summary>
    /// Adds a PostgreSQL database that the migrator connects to as a data source does: with its passwords, such as tokens
    /// that a provider renews, and its TLS callback. The migrator opens its own connections, which are not pooled. It does
    /// not know the type mappings of the data source, nor its certificate from <c>UseRootCertificate</c>.
    /// </summary>
    /// <typeparam name="TContext">The context whose migrations are applied.</typeparam>
    /// <param name="builder">The migrator.</param>
    /// <param name="name">The database's name in the set, unique in it: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</param>
    /// <param name="dataSource">
    /// A data source that leads to the primary itself, not to a pooler. The migrator does not dispose it.
    /// </param>
    /// <param name="configure">Sets what differs from EF's defaults.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name cannot be used.</exception>
    [RequiresUnreferencedCode(TrimmedContext.Advice)]
    public static MigratorBuilder AddPostgreSqlDatabase<[DynamicallyAccessedMembers(TrimmedContext.Needed)] TContext>(
        this MigratorBuilder builder,
        string name,
        NpgsqlDataSource dataSource,
        Action<PostgreSqlDatabaseOptions>? configure = null
    )
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return builder.AddPostgreSqlDatabase<TContext>(
            name,
            _ => dataSource,
            (_, options) => configure?.Invoke(options)
        );
    }

    /// <summary>
    /// Adds a PostgreSQL database whose data source and options come from the application's services, such as those of
    /// <c>AddNpgsqlDataSource</c>.
    /// </summary>
    /// <typeparam name="TContext">The context whose migrations are applied.</typeparam>
    /// <param name="builder">The migrator.</param>
    /// <param name="name">The database's name in the set, unique in it: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</param>
    /// <param name="dataSource">Returns a data source, which the migrator does not dispose.</param>
    /// <param name="configure">Sets what differs from EF's defaults.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name cannot be used.</exception>
    [RequiresUnreferencedCode(TrimmedContext.Advice)]
    public static MigratorBuilder AddPostgreSqlDatabase<[DynamicallyAccessedMembers(TrimmedContext.Needed)] TContext>(
        this MigratorBuilder builder,
        string name,
        Func<IServiceProvider, NpgsqlDataSource> dataSource,
        Action<IServiceProvider, PostgreSqlDatabaseOptions>? configure = null
    )
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return builder.Add<TContext>(name, services => new ConnectionSource(dataSource(services)), configure);
    }

    /// <summary>
    /// Adds the PostgreSQL database of a context that the application has registered (<c>AddDbContext</c>,
    /// <c>AddDbContextFactory</c>): its connection string or data source, its history table and the assembly of its migrations are
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
    public static MigratorBuilder AddPostgreSqlDatabase<[DynamicallyAccessedMembers(TrimmedContext.Needed)] TContext>(
        this MigratorBuilder builder,
        string name,
        Action<IServiceProvider, PostgreSqlDatabaseOptions>? configure = null
    )
        where TContext : DbContext =>
        builder.Add<TContext>(
            name,
            services => PostgreSqlProvider.FindSource(Registered<TContext>(services, name).Options)!,
            (services, options) =>
            {
                var registered = Registered<TContext>(services, name);
                registered.Describe(options);
                options.MigrationsHistorySchema =
                    registered.Options.MigrationsHistoryTableSchema ?? options.MigrationsHistorySchema;
                configure?.Invoke(services, options);
            }
        );

    private static MigratorBuilder Add<[DynamicallyAccessedMembers(TrimmedContext.Needed)] TContext>(
        this MigratorBuilder builder,
        string name,
        Func<IServiceProvider, ConnectionSource> source,
        Action<IServiceProvider, PostgreSqlDatabaseOptions>? configure
    )
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        DatabaseName.ThrowIfNoFileName(name);
        return builder.AddDatabase(
            name,
            services =>
            {
                var options = new PostgreSqlDatabaseOptions();
                configure?.Invoke(services, options);
                PostgreSqlOptionsValidator.Demand(name, options);
                return new PostgreSqlMigrationDatabase(
                    name,
                    new PostgreSqlStorage(source(services)),
                    new NewContexts<TContext>(PostgreSqlProvider.Instance, options, services)
                    {
                        HistorySchema = options.MigrationsHistorySchema,
                    },
                    options
                );
            }
        );
    }

    private static RegisteredContext Registered<[DynamicallyAccessedMembers(TrimmedContext.Needed)] TContext>(
        IServiceProvider services,
        string name
    )
        where TContext : DbContext => RegisteredContext.Read<TContext>(services, name, PostgreSqlProvider.Instance);
}
