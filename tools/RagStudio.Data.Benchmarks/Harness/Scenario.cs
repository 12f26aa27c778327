namespace RagStudio.Data.Benchmarks;

/// <summary>A measurement: the product's implementation of something and, if there is one, an alternative.</summary>
internal abstract class Scenario
{
    /// <summary>The name by which a command line chooses it.</summary>
    public abstract string Name { get; }

    /// <summary>The description of what it works on.</summary>
    public abstract string Description { get; }

    /// <summary>
    /// The highest acceptable ratio of the product's time to the alternative's; without an alternative, the
    /// highest acceptable number of milliseconds.
    /// </summary>
    public abstract double Target { get; }

    /// <summary>True if the alternative is measured.</summary>
    public virtual bool HasPeer => true;

    /// <summary>True if a quick run skips it.</summary>
    public virtual bool IsLong => false;

    /// <summary>Creates what both sides work on; not measured.</summary>
    public abstract Task PrepareAsync(BenchmarkDatabases databases);

    /// <summary>Runs the product's implementation once.</summary>
    /// <returns>The milliseconds, if it measures only part of itself.</returns>
    /// <exception cref="InvalidOperationException">The result is wrong.</exception>
    public abstract Task<double?> RunAsync();

    /// <summary>Runs the alternative once.</summary>
    public virtual Task RunPeerAsync() => Task.CompletedTask;

    /// <summary>Runs the alternative once.</summary>
    /// <returns>The milliseconds, if it measures only part of itself.</returns>
    public virtual async Task<double?> MeasurePeerAsync()
    {
        await RunPeerAsync();
        return null;
    }
}
