using System.Diagnostics;

namespace RagStudio.Data.PostgreSql.CrashHost;

/// <summary>This program in a separate process.</summary>
public sealed class HostProcess : IDisposable
{
    private readonly Process _process;

    private HostProcess(Process process) => _process = process;

    /// <summary>Starts it, and waits until it is about to migrate.</summary>
    public static Task<HostProcess> StartAsync(string release, params IEnumerable<string> connectionStrings) =>
        StartAsync([release, .. connectionStrings]);

    /// <summary>Starts it, and waits until it is about to restore a backup.</summary>
    public static Task<HostProcess> StartRestoreAsync(
        string folder,
        string backupId,
        params IEnumerable<string> connectionStrings
    ) => StartAsync(["restore", folder, backupId, .. connectionStrings]);

    /// <summary>Starts it, and waits until it is about to roll back the release <see cref="HostRelease.Gone"/>.</summary>
    public static Task<HostProcess> StartRollbackAsync(string version, string connectionString) =>
        StartAsync(["rollback", version, connectionString]);

    /// <summary>Starts it, and waits until it is about to remove what has been kept for that release.</summary>
    public static Task<HostProcess> StartPruneAsync(string connectionString) => StartAsync(["prune", connectionString]);

    /// <summary>Starts it, and waits until it is about to copy.</summary>
    /// <param name="from">A folder, or a connection string.</param>
    /// <param name="to">The same.</param>
    /// <param name="killAt">The number of the point at which it kills itself, or its name; empty for none.</param>
    public static Task<HostProcess> StartCopyAsync(string from, string to, string killAt = "") =>
        StartAsync(["copy", from, to, killAt]);

    private static async Task<HostProcess> StartAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(HostProcess).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        if (await process.StandardOutput.ReadLineAsync() != "ready")
        {
            throw new InvalidOperationException("The program does not start.");
        }
        return new HostProcess(process);
    }

    /// <summary>Kills it with SIGKILL, if it has not ended.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits until it ends, for whatever reason.</summary>
    /// <returns>Its exit code and the result that it has printed.</returns>
    public async Task<(int Code, string Output)> EndAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return (_process.ExitCode, output);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
        _process.Dispose();
    }
}
