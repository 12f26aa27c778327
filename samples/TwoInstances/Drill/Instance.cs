using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Notes.Drill;

/// <summary>An instance of the application and its supervisor, which starts it again whenever it ends by itself.</summary>
internal sealed class Instance(string name, string connectionString) : IAsyncDisposable
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(10) };

    private readonly Uri _address = new($"http://127.0.0.1:{FreePort()}");
    private readonly Queue<string> _log = [];
    private CancellationTokenSource? _wanted;
    private Task _supervision = Task.CompletedTask;

    public string Name => name;

    /// <summary>How often it ended by itself and was started again.</summary>
    public int Restarts { get; private set; }

    /// <summary>The end of what it has logged, for the report of a drill that failed.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return string.Join('\n', _log);
            }
        }
    }

    /// <summary>Starts a release, and returns at once.</summary>
    public void Start(int release)
    {
        _wanted = new CancellationTokenSource();
        _supervision = SuperviseAsync(release, _wanted.Token);
    }

    /// <summary>Ends the program.</summary>
    public async Task StopAsync()
    {
        if (_wanted is { } wanted)
        {
            await wanted.CancelAsync();
            await _supervision;
            wanted.Dispose();
            _wanted = null;
        }
    }

    /// <summary>What its health check says; <see langword="null"/> if it does not answer.</summary>
    public async Task<string?> HealthAsync()
    {
        try
        {
            return await Client.GetStringAsync(new Uri(_address, "/health"));
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>Stores a note; may be repeated.</summary>
    /// <returns>False if there was no answer, or an error: nobody knows whether it is stored.</returns>
    public async Task<bool> PutAsync(Guid id)
    {
        try
        {
            using var content = new StringContent($"note {id}");
            using var answer = await Client.PutAsync(new Uri(_address, $"/notes/{id}"), content);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task SuperviseAsync(int release, CancellationToken wanted)
    {
        while (!wanted.IsCancellationRequested)
        {
            using var program = Process.Start(StartInfo(release))!;
            program.OutputDataReceived += (_, line) => Append(line.Data);
            program.ErrorDataReceived += (_, line) => Append(line.Data);
            program.BeginOutputReadLine();
            program.BeginErrorReadLine();
            try
            {
                await program.WaitForExitAsync(wanted);
                Restarts++;
            }
            catch (OperationCanceledException)
            {
                program.Kill();
                await program.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private ProcessStartInfo StartInfo(int release)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var framework = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var folder = Path.GetFullPath(
            Path.Combine(AppContext.BaseDirectory, $"../../../../Release{release}/bin/{configuration}/{framework}")
        );
        return new ProcessStartInfo("dotnet", [Path.Combine(folder, $"notes-{release}.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_URLS"] = _address.ToString(),
                ["ConnectionStrings__Notes"] = connectionString,
            },
        };
    }

    private void Append(string? line)
    {
        lock (_log)
        {
            _log.Enqueue(line ?? "");
            if (_log.Count > 50)
            {
                _ = _log.Dequeue();
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
