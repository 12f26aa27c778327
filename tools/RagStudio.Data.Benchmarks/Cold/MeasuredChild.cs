namespace RagStudio.Data.Benchmarks;

/// <summary>The runs of a child.</summary>
internal sealed class MeasuredChild(ColdChild child)
{
    private readonly List<ChildTime> _times = [];
    private double _peakMegabytes;

    /// <summary>Runs it once before the timed runs, which also loads the files that it reads into memory.</summary>
    public async Task MeasureMemoryAsync() => _peakMegabytes = await ChildProcess.PeakMemoryAsync(child);

    public int MostRuns => child.MostRuns;

    public async Task TimeAsync() => _times.Add(await ChildProcess.TimeAsync(child));

    /// <param name="empty">The runs of an empty program.</param>
    public ColdProgram Describe(MeasuredChild empty) =>
        new(child.Name, Whole, Whole - empty.Whole, Processor, Processor - empty.Processor, _peakMegabytes);

    private double Whole => Median(_times.ConvertAll(time => time.Whole));

    private double? Processor =>
        _times.TrueForAll(time => time.Processor is not null)
            ? Median(_times.ConvertAll(time => time.Processor!.Value))
            : null;

    private static double Median(List<TimeSpan> times)
    {
        times.Sort();
        return times[times.Count / 2].TotalMilliseconds;
    }
}
