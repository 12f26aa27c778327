using System.Diagnostics;

namespace RagStudio.Data.Cli.Tests;

/// <summary>The tool in its own process, to test exit codes, signals and pipes.</summary>
internal sealed class ToolProcess : IDisposable
{
    private readonly Process _process;

    private ToolProcess(Process process) => _process = process;

    public static ToolProcess Start(string currentDirectory, params string[] args) => Start(currentDirectory, [], args);

    private static ToolProcess Start(string currentDirectory, Dictionary<string, string> variables, string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, .. args])
        {
            WorkingDirectory = currentDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in (string[])["RAGSTUDIO_DATA_DIR", "DOTNET_ENVIRONMENT", "ASPNETCORE_ENVIRONMENT"])
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }
        InheritedSignals.ListenToInterrupt();
        return new ToolProcess(Process.Start(start)!);
    }

    public static Task<CliResult> RunAsync(string currentDirectory, params string[] args) =>
        RunAsync(currentDirectory, [], args);

    public static async Task<CliResult> RunAsync(
        string currentDirectory,
        Dictionary<string, string> variables,
        params string[] args
    )
    {
        using var tool = Start(currentDirectory, variables, args);
        return await tool.EndAsync();
    }

    /// <summary>Sends a signal; INT is the one of Ctrl-C.</summary>
    public void Signal(string name) => Process.Start("kill", ["-" + name, $"{_process.Id}"]).WaitForExit();

    /// <summary>Waits until the process has a file open.</summary>
    public Task HasOpenedAsync(string file) => HasAsync(() => OpenFiles().Contains(file), $"{file} open");

    /// <summary>Waits for an effect of the process that is visible from outside.</summary>
    public async Task HasAsync(Func<bool> condition, string what)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var limit = Stopwatch.StartNew(); !condition(); await poll.WaitForNextTickAsync())
        {
            Assert.That(_process.HasExited, Is.False, $"it has ended without {what}");
            Assert.That(limit.Elapsed, Is.LessThan(TimeSpan.FromMinutes(1)), $"there is no {what}");
        }
    }

    /// <summary>Waits for the process to exit.</summary>
    public async Task<CliResult> EndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var output = _process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = _process.StandardError.ReadToEndAsync(limit.Token);
        await _process.WaitForExitAsync(limit.Token);
        return new CliResult(_process.ExitCode, await output, await error);
    }

    private IEnumerable<string?> OpenFiles() =>
        Directory.EnumerateFiles($"/proc/{_process.Id}/fd").Select(link => new FileInfo(link).LinkTarget);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
