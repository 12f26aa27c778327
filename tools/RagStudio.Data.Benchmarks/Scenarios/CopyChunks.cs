using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;
using RagStudio.Data.PostgreSql.Testing;

namespace RagStudio.Data.Benchmarks;

/// <summary>Copies RAG Studio's own chunks, with their index of full-text search, from SQLite to PostgreSQL, or back.</summary>
internal sealed class CopyChunks(string name, bool toServer) : Scenario
{
    private const int Chunks = 100_000;
    private const int LeastRowsPerSecond = 20_000;

    private string _folder = "";
    private TestDatabase _filled = null!;
    private BenchmarkDatabases _databases = null!;

    public override string Name => name;

    public override string Description =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Chunks:N0} chunks of a thousand characters with their full-text index, {(toServer ? "SQLite to PostgreSQL" : "PostgreSQL to SQLite")}"
        );

    public override double Target => Chunks * 1000.0 / LeastRowsPerSecond;

    public override bool HasPeer => false;

    /// <summary>A quick run needs no PostgreSQL.</summary>
    public override bool IsLong => true;

    public override async Task PrepareAsync(BenchmarkDatabases databases)
    {
        _databases = databases;
        _filled = await (await databases.ServerAsync()).CreateDatabaseAsync();
        _folder = databases.NewFolder(name);
        await Files(_folder).MigrateAsync();
        using (
            var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "app_meta.db")};Pooling=false")
        )
        {
            connection.Open();
            WrittenChunks.Write(connection, Chunks);
        }
        if (!toServer)
        {
            await MigratorFactory.CreateCopy(Files(_folder), Server(_filled)).CopyAsync();
        }
    }

    public override async Task<double?> RunAsync()
    {
        await using var database = await _filled.Server.CreateDatabaseAsync();
        var folder = _databases.NewFolder($"{name}-{Guid.NewGuid():n}");
        var source = toServer ? Files(_folder) : Server(_filled);
        await source.ReopenAsync("the next run");
        var begun = Stopwatch.GetTimestamp();
        var copied = await MigratorFactory.CreateCopy(source, toServer ? Server(database) : Files(folder)).CopyAsync();
        var elapsed = Stopwatch.GetElapsedTime(begun);
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        var rows = copied.Tables.Sum(table => table.Rows);
        Console.Error.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{name}: {rows / elapsed.TotalSeconds:N0} rows/s")
        );
        return rows >= Chunks ? elapsed.TotalMilliseconds : throw new InvalidOperationException("Rows are missing.");
    }

    private static IMigrationManager Files(string folder) =>
        new ServiceCollection()
            .AddRagStudioData(options => options.DataDirectory = folder)
            .BuildServiceProvider()
            .GetRequiredService<IMigrationManager>();

    private static IMigrationManager Server(TestDatabase database) =>
        new ServiceCollection()
            .AddRagStudioPostgreSql()
            .AddRagStudioData(options =>
            {
                options.Provider = DataProvider.PostgreSql;
                options.ConnectionString = database.ConnectionString;
            })
            .BuildServiceProvider()
            .GetRequiredService<IMigrationManager>();
}
