namespace RagStudio.Data.Benchmarks;

/// <summary>The runs of a child.</summary>
internal sealed class MeasuredChild(ColdChild child)
{
    private readonly List<ChildTime> _times = [];
    private double _peakMegabytes;

    /// <summary>The median of the whole process.</summary>
    public double Milliseconds => Median(_times.Select(time => time.Whole));

    /// <summary>Runs it once before it is timed, which also brings what it reads into memory.</summary>
    public async Task LookAtMemoryAsync() => _peakMegabytes = await ChildProcess.PeakMemoryAsync(child);

    public async Task TimeAsync() => _times.Add(await ChildProcess.TimeAsync(child));

    /// <param name="empty">The milliseconds of an empty program.</param>
    public ColdProgram Describe(double empty)
    {
        var processor = _times.Select(time => time.Processor).OfType<TimeSpan>().ToList();
        return new(
            child.Name,
            Milliseconds,
            Milliseconds - empty,
            processor.Count > 0 ? Median(processor) : null,
            _peakMegabytes
        );
    }

    private static double Median(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToList();
        return sorted[sorted.Count / 2].TotalMilliseconds;
    }
}
