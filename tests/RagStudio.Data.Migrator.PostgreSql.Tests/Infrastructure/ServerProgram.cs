using System.Diagnostics;
using System.Globalization;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>A process that has started a server, with a temporary folder that nobody else uses.</summary>
internal sealed class ServerProgram : IDisposable
{
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("ragstudio-place-");
    private readonly Process _process;

    public ServerProgram()
    {
        if (!OperatingSystem.IsWindows())
        {
            // The server's user must reach its data.
            File.SetUnixFileMode(_place.FullName, (UnixFileMode)0b111_101_101);
        }
        var start = new ProcessStartInfo("dotnet", [typeof(PostgresServer).Assembly.Location])
        {
            Environment = { ["TMPDIR"] = _place.FullName },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
    }

    /// <summary>What its servers have left: folders with data.</summary>
    public IEnumerable<string> Left => Directory.EnumerateDirectories(_place.FullName);

    public string ConnectionString { get; private set; } = "";

    public int Postmaster { get; private set; }

    /// <summary>Waits until its server runs.</summary>
    public async Task StartedAsync()
    {
        ConnectionString = (await _process.StandardOutput.ReadLineAsync())!;
        var pidFile = Path.Combine((await _process.StandardOutput.ReadLineAsync())!, "postmaster.pid");
        Postmaster = int.Parse(File.ReadLines(pidFile).First(), CultureInfo.InvariantCulture);
    }

    /// <summary>Kills the process with SIGKILL, and with it those that it has started and that still are its own.</summary>
    public void Kill(bool withChildren) => _process.Kill(withChildren);

    /// <summary>Lets it end in order.</summary>
    public async Task EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        Assert.That(_process.ExitCode, Is.Zero);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
        _process.Dispose();
        _place.Delete(recursive: true);
    }
}
