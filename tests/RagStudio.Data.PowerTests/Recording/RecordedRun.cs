using System.Diagnostics;

namespace RagStudio.Data.PowerTests.Recording;

/// <summary>A run of a .NET program with the recorder loaded.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Error">Its output on stderr.</param>
/// <param name="Operations">Its operations below the folder, in order.</param>
internal sealed record RecordedRun(int Code, string Error, IReadOnlyList<DiskOperation> Operations)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>True if a call was made to fail.</summary>
    public bool HadFault => Operations.Any(operation => operation.Kind == DiskOperationKind.Fault);

    /// <summary>Runs a program until it exits.</summary>
    /// <param name="library">The compiled recorder.</param>
    /// <param name="folder">The recorded folder.</param>
    /// <param name="arguments">The program's assembly and its arguments.</param>
    /// <param name="fault">The injected fault.</param>
    /// <exception cref="TimeoutException">The program did not exit.</exception>
    public static async Task<RecordedRun> OfAsync(
        RecorderLibrary library,
        string folder,
        IReadOnlyList<string> arguments,
        DiskFault? fault = null
    )
    {
        using var place = new TemporaryFolder();
        var log = place.Combine("log");
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["LD_PRELOAD"] = library.Path;
        start.Environment["POWER_ROOT"] = folder;
        start.Environment["POWER_LOG"] = log;
        if (fault is not null)
        {
            start.Environment["POWER_FAULT"] = fault.ToVariable();
        }
        if (fault is { Name.Length: > 0 })
        {
            start.Environment["POWER_NAME"] = fault.Name;
        }
        var (code, error) = await EndAsync(start);
        return new RecordedRun(code, error, DiskLog.Read(log));
    }

    private static async Task<(int Code, string Error)> EndAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            await output;
            return (process.ExitCode, await error);
        }
        catch (OperationCanceledException failure)
        {
            process.Kill();
            throw new TimeoutException($"The recorded program did not end within {Limit}.", failure);
        }
    }
}
