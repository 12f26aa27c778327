using System.Runtime.InteropServices;

namespace RagStudio.Data.Benchmarks;

/// <summary>The databases that scenarios share, each made once, in a temporary folder that goes with the program.</summary>
internal sealed class BenchmarkDatabases : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ragstudio-benchmarks-").FullName;
    private readonly Dictionary<(string, int), BenchmarkData> _made = [];
    private readonly PosixSignalRegistration[] _signals;

    /// <summary>The folder goes too when the program is told to end.</summary>
    public BenchmarkDatabases() =>
        _signals = [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Delete()),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Delete()),
        ];

    /// <summary>A log of so many events of 10 000 aggregates, which name 1 000 knowledge bases.</summary>
    public Task<BenchmarkData> EventsAsync(int count) => GetAsync("events", count, EventLog.WriteAsync);

    /// <summary>So many chunks of documents with ten chunks each, in 1 000 knowledge bases.</summary>
    public Task<BenchmarkData> ChunksAsync(int count) => GetAsync("chunks", count, ChunkTable.WriteAsync);

    /// <summary>Databases with nothing but knowledge bases in them.</summary>
    /// <param name="name">Whose: no two scenarios write to the same.</param>
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

    /// <summary>A new folder that goes with the program too.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    /// <summary>Long chunks in an <c>app_meta.db</c> of about so many megabytes.</summary>
    public Task<BenchmarkData> LongChunksAsync(int megabytes) =>
        GetAsync("long-chunks", megabytes, LongChunks.WriteAsync);

    public void Dispose()
    {
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
