using System.Diagnostics;

namespace RagStudio.Data.Benchmarks;

/// <summary>Starts a child process and waits for it to exit.</summary>
internal static class ChildProcess
{
    public static async Task<ChildTime> TimeAsync(ColdChild child)
    {
        await child.RefreshAsync();
        var before = EndedChildren.ProcessorTime();
        var begun = Stopwatch.GetTimestamp();
        using var process = Start(child);
        // Not the asynchronous method, whose continuation has to wait for the thread pool.
        process.WaitForExit();
        var elapsed = Stopwatch.GetElapsedTime(begun);
        var time = new ChildTime(elapsed, EndedChildren.ProcessorTime() - before);
        await ExpectSuccessAsync(child, process);
        return time;
    }

    /// <summary>Measures a child's peak memory from outside; such a run is not timed.</summary>
    /// <returns>Megabytes.</returns>
    public static async Task<double> PeakMemoryAsync(ColdChild child)
    {
        await child.RefreshAsync();
        using var process = Start(child);
        var peak = 0L;
        while (!process.WaitForExit(2))
        {
            process.Refresh();
            peak = Math.Max(peak, PeakOf(process));
        }
        await ExpectSuccessAsync(child, process);
        return peak / 1e6;
    }

    private static Process Start(ColdChild child)
    {
        var start = new ProcessStartInfo(child.File, child.Arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in child.Environment)
        {
            start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }

    private static long PeakOf(Process process)
    {
        try
        {
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0; // It has just ended.
        }
    }

    private static async Task ExpectSuccessAsync(ColdChild child, Process process)
    {
        var said = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{child.Name} ended with {process.ExitCode}: {said}");
        }
        child.Check();
    }
}
