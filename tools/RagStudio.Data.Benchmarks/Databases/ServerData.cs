using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RagStudio.Data.Migrator;
using RagStudio.Data.PostgreSql.Testing;

namespace RagStudio.Data.Benchmarks;

/// <summary>Both contexts in a PostgreSQL database, migrated to the latest version.</summary>
internal sealed class ServerData
{
    private readonly ServiceProvider _services;
    private readonly string _connectionString;

    private ServerData(string connectionString)
    {
        _connectionString = connectionString;
        _services = new ServiceCollection()
            .AddRagStudioPostgreSql()
            .AddRagStudioData(options =>
            {
                options.Provider = DataProvider.PostgreSql;
                options.ConnectionString = connectionString;
            })
            .BuildServiceProvider();
    }

    public static async Task<ServerData> CreateAsync(PostgresServer server)
    {
        var data = new ServerData((await server.CreateDatabaseAsync()).ConnectionString);
        await data.Get<IMigrationManager>().MigrateAsync();
        return data;
    }

    /// <summary>Gets a repository or a store of the application.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Opens the database as any program would.</summary>
    public Task<NpgsqlConnection> OpenAsync() => Sql.OpenAsync(_connectionString);
}
