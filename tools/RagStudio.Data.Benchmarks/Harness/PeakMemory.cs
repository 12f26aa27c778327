namespace RagStudio.Data.Benchmarks;

/// <summary>Samples the process's memory fifty times a second while something runs.</summary>
internal sealed class PeakMemory : IDisposable
{
    private readonly Timer _timer;

    public PeakMemory()
    {
        GC.Collect();
        _timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
    }

    public long Managed { get; private set; }

    public long WorkingSet { get; private set; }

    public void Dispose()
    {
        _timer.Dispose();
        Look();
    }

    private void Look()
    {
        Managed = Math.Max(Managed, GC.GetTotalMemory(forceFullCollection: false));
        WorkingSet = Math.Max(WorkingSet, Environment.WorkingSet);
    }
}
