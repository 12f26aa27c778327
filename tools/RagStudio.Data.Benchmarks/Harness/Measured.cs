using System.Diagnostics;

namespace RagStudio.Data.Benchmarks;

/// <summary>The runs of one side of a scenario.</summary>
internal sealed class Measured
{
    private readonly List<double> _milliseconds = [];

    public double Median => _milliseconds.Order().ElementAt(_milliseconds.Count / 2);

    public double Longest => _milliseconds.Max();

    public double ManagedMegabytes { get; private set; }

    public double WorkingSetMegabytes { get; private set; }

    public async Task RunAsync(Func<Task<double?>> run)
    {
        using var memory = new PeakMemory();
        var begun = Stopwatch.GetTimestamp();
        var own = await run();
        _milliseconds.Add(own ?? Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        memory.Dispose();
        ManagedMegabytes = Math.Max(ManagedMegabytes, memory.Managed / 1e6);
        WorkingSetMegabytes = Math.Max(WorkingSetMegabytes, memory.WorkingSet / 1e6);
    }
}
