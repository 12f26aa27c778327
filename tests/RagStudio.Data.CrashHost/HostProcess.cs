using System.Diagnostics;
using System.Globalization;

namespace RagStudio.Data.CrashHost;

/// <summary>This program in a separate process.</summary>
public sealed class HostProcess : IDisposable
{
    /// <summary>128 plus the number of SIGKILL.</summary>
    public const int Killed = 137;

    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly List<string> _points = [];

    private HostProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    /// <summary>The points read so far.</summary>
    public IReadOnlyList<string> Points => _points;

    public static HostProcess Start(HostCommand command) => Start(command.ToArguments());

    public static HostProcess Start(params IReadOnlyList<string> arguments) =>
        StartDotNet([typeof(HostProcess).Assembly.Location, .. arguments]);

    /// <summary>Starts it with the system's cultures, which the tests themselves run without.</summary>
    /// <param name="folder">Receives the runtime's configuration.</param>
    /// <param name="arguments">The program's arguments.</param>
    public static HostProcess StartWithCultures(string folder, params IReadOnlyList<string> arguments)
    {
        var program = typeof(HostProcess).Assembly.Location;
        var config = Path.Combine(folder, "cultures.runtimeconfig.json");
        var text = File.ReadAllText(Path.ChangeExtension(program, ".runtimeconfig.json"));
        File.WriteAllText(
            config,
            text.Replace(
                "Globalization.Invariant\": true",
                "Globalization.Invariant\": false",
                StringComparison.Ordinal
            )
        );
        return StartDotNet(["exec", "--runtimeconfig", config, program, .. arguments]);
    }

    private static HostProcess StartDotNet(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        return new HostProcess(Process.Start(start)!);
    }

    /// <summary>Runs it until it exits, for whatever reason.</summary>
    public static HostExit Run(HostCommand command)
    {
        using var process = Start(command);
        return process.WaitForExit();
    }

    /// <summary>Waits until a point is reached; <see langword="false"/> if the process ended before it.</summary>
    public bool WaitFor(string point)
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            _points.Add(line);
            if (line.StartsWith(point, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Suspends the process, with everything that it holds, until <see cref="Resume"/>.</summary>
    public void Suspend() => Signal("-STOP");

    public void Resume() => Signal("-CONT");

    /// <summary>Kills the process after a delay, if it has not ended by then.</summary>
    public HostExit KillAfter(TimeSpan delay)
    {
        if (!_process.WaitForExit(delay))
        {
            _process.Kill();
        }
        return WaitForExit();
    }

    public HostExit WaitForExit()
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            _points.Add(line);
        }
        var error = _error.GetAwaiter().GetResult();
        _process.WaitForExit();
        return new HostExit(_process.ExitCode, [.. _points], error);
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _process.Dispose();
    }
}
