using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Benchmarks;

/// <summary>Both databases in a folder, migrated to the latest version.</summary>
internal sealed class BenchmarkData : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly string _folder;

    private BenchmarkData(string folder)
    {
        _folder = folder;
        _services = new ServiceCollection()
            .AddRagStudioData(options => options.DataDirectory = folder)
            .BuildServiceProvider();
    }

    public DataValidator Validator => Get<DataValidator>();

    public MigrationSet Set => Get<MigrationSet>();

    /// <summary>Gets a repository or a store of the application.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static async Task<BenchmarkData> CreateAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var data = new BenchmarkData(folder);
        await data._services.GetRequiredService<IMigrationManager>().MigrateAsync();
        SqliteConnection.ClearAllPools();
        return data;
    }

    public string AppMetaFile => FileOf("app_meta.db");

    public string EventsFile => FileOf("events.db");

    /// <summary>Locks a database as a run does.</summary>
    public Task<IStorageSession> HoldAsync(string database) =>
        Set.Storage(database)
            .OpenAsync(new RunIdentity("run", RunActivity.BackUp), TimeSpan.FromSeconds(10), CancellationToken.None);

    /// <summary>Returns the path of a file that is deleted with the databases.</summary>
    public string FileOf(string name) => Path.Combine(_folder, name);

    /// <summary>Opens <c>app_meta.db</c> as any program would.</summary>
    public SqliteConnection OpenAppMeta() => Open("app_meta.db");

    /// <summary>Opens <c>events.db</c> as any program would.</summary>
    public SqliteConnection OpenEvents() => Open("events.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _services.Dispose();
    }

    private SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={FileOf(file)};Pooling=False");
        connection.Open();
        return connection;
    }
}
