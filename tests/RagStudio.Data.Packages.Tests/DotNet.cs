using System.Diagnostics;

namespace RagStudio.Data.Packages.Tests;

/// <summary>Runs programs as a user would.</summary>
internal static class DotNet
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static Task<(int ExitCode, string Text)> RunAsync(string folder, params string[] args) =>
        RunProgramAsync("dotnet", folder, args);

    public static async Task<(int ExitCode, string Text)> RunProgramAsync(
        string program,
        string folder,
        params string[] args
    )
    {
        var start = new ProcessStartInfo(program, args)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("RAGSTUDIO_DATA_DIR");
        // The test host's own settings would affect the builds.
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment.Remove("MSBUILD_EXE_PATH");
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output + await error);
    }
}
