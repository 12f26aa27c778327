using System.Runtime.InteropServices;
using RagStudio.Data.PostgreSql.Testing;

namespace RagStudio.Data.Benchmarks;

/// <summary>
/// The databases that scenarios share, each created once, in a temporary folder that is deleted when the
/// program ends.
/// </summary>
internal sealed class BenchmarkDatabases : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ragstudio-benchmarks-").FullName;
    private readonly Dictionary<(string, int), BenchmarkData> _made = [];
    private readonly PosixSignalRegistration[] _signals;
    private Task<PostgresServer>? _server;

    /// <summary>Also deletes the folder when the program is terminated.</summary>
    public BenchmarkDatabases() =>
        _signals = [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Delete()),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Delete()),
        ];

    /// <summary>
    /// Creates a log with a number of events of 10 000 aggregates, which refer to 1 000 knowledge bases.
    /// </summary>
    public Task<BenchmarkData> EventsAsync(int count) => GetAsync("events", count, EventLog.WriteAsync);

    /// <summary>Creates a number of chunks in documents with ten chunks each, in 1 000 knowledge bases.</summary>
    public Task<BenchmarkData> ChunksAsync(int count) => GetAsync("chunks", count, ChunkTable.WriteAsync);

    /// <summary>Creates databases that contain only knowledge bases.</summary>
    /// <param name="name">The owner: no two scenarios write to the same databases.</param>
    public Task<BenchmarkData> EmptyAsync(string name) =>
        GetAsync(
            name,
            0,
            (data, _) =>
            {
                KnowledgeBases.Write(data);
                return Task.CompletedTask;
            }
        );

    /// <summary>Creates a folder that is deleted with the others.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    /// <summary>Creates long chunks in an <c>app_meta.db</c> of about the given size.</summary>
    public Task<BenchmarkData> LongChunksAsync(int megabytes) =>
        GetAsync("long-chunks", megabytes, LongChunks.WriteAsync);

    /// <summary>Starts a PostgreSQL server, unless it runs already.</summary>
    public Task<PostgresServer> ServerAsync() => _server ??= PostgresServer.StartAsync(new() { FlushesToDisk = true });

    public async ValueTask DisposeAsync()
    {
        if (_server is { IsCompletedSuccessfully: true })
        {
            await (await _server).DisposeAsync();
        }
        await ServersOfTheRun.EndAsync();
        foreach (var data in _made.Values)
        {
            data.Dispose();
        }
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }
        Delete();
    }

    private void Delete() => Directory.Delete(_folder, recursive: true);

    private async Task<BenchmarkData> GetAsync(string name, int count, Func<BenchmarkData, int, Task> writeAsync)
    {
        if (!_made.TryGetValue((name, count), out var data))
        {
            data = _made[(name, count)] = await BenchmarkData.CreateAsync(Path.Combine(_folder, $"{name}-{count}"));
            await writeAsync(data, count);
        }
        return data;
    }
}
