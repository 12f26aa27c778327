namespace RagStudio.Data.Benchmarks;

/// <summary>One thing that is measured: the product's way of doing something, and where there is one another way of doing the same.</summary>
internal abstract class Scenario
{
    /// <summary>By which a command line chooses it.</summary>
    public abstract string Name { get; }

    /// <summary>What it works on, for people.</summary>
    public abstract string Description { get; }

    /// <summary>The largest ratio of the product's time to the other's; for a scenario without another way, the most milliseconds.</summary>
    public abstract double Target { get; }

    /// <summary>Whether the other way is measured.</summary>
    public virtual bool HasPeer => true;

    /// <summary>Whether it is left out of a quick run.</summary>
    public virtual bool IsLong => false;

    /// <summary>Makes what both sides work on; not measured.</summary>
    public abstract Task PrepareAsync(BenchmarkDatabases databases);

    /// <summary>The product's way, once.</summary>
    /// <returns>The milliseconds, where it measures a part of itself only.</returns>
    /// <exception cref="InvalidOperationException">The result is not the right one.</exception>
    public abstract Task<double?> RunAsync();

    /// <summary>The other way, once.</summary>
    public virtual Task RunPeerAsync() => Task.CompletedTask;
}
