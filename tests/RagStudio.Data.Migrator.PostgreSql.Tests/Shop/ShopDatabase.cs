using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>A shop on the shared server, in one database or two.</summary>
public sealed class ShopDatabase : IAsyncDisposable
{
    private readonly List<ServiceProvider> _services = [];

    private ShopDatabase(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    public static async Task<ShopDatabase> CreateAsync(PostgresServer? server = null) =>
        new(await (server ?? await ServersOfTheRun.SharedAsync()).CreateDatabaseAsync());

    /// <summary>A shop like this one, to be disposed before it. No migrator of this one may be at work.</summary>
    public async Task<ShopDatabase> CopyAsync() => new(await Database.CopyAsync());

    /// <summary>A migrator of one context, as a program has it that starts now.</summary>
    public IMigrationManager Manager<TContext>(
        string? connectionString = null,
        Action<MigrationOptions>? options = null,
        Action<PostgreSqlDatabaseOptions>? database = null
    )
        where TContext : DbContext =>
        Manager(
            migrator =>
                migrator.AddPostgreSqlDatabase<TContext>(
                    "shop",
                    connectionString ?? Database.ConnectionString,
                    database
                ),
            options
        );

    public IMigrationManager Manager(Action<MigratorBuilder> databases, Action<MigrationOptions>? options = null) =>
        Services(databases, options).GetRequiredService<IMigrationManager>();

    /// <summary>The services of a program that starts now.</summary>
    public IServiceProvider Services(Action<MigratorBuilder> databases, Action<MigrationOptions>? options = null)
    {
        var services = new ServiceCollection();
        databases(
            services.AddMigrator(given =>
            {
                given.LockTimeout = TimeSpan.FromMinutes(1);
                options?.Invoke(given);
            })
        );
        _services.Add(services.BuildServiceProvider());
        return _services[^1];
    }

    /// <summary>The names of the tables in all schemas but the server's own.</summary>
    public async Task<string[]> TablesAsync() =>
        await Database.ScalarAsync<string[]>(
            """
            SELECT coalesce(array_agg(c.oid::regclass::text ORDER BY 1), '{}') FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%'
            """
        );

    public Task<long> CountAsync(string from) => Database.ScalarAsync<long>($"SELECT count(*) FROM {from}");

    /// <summary>The applied migrations.</summary>
    public Task<string[]> AppliedAsync() =>
        Database.ScalarAsync<string[]>(
            """SELECT array_agg("MigrationId" ORDER BY "MigrationId") FROM "__EFMigrationsHistory" """
        );

    public async ValueTask DisposeAsync()
    {
        foreach (var services in _services)
        {
            await services.DisposeAsync();
        }
        await Database.DisposeAsync();
    }
}
