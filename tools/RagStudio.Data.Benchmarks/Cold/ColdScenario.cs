namespace RagStudio.Data.Benchmarks;

/// <summary>The same work done by several programs, each in a new process.</summary>
internal abstract class ColdScenario
{
    /// <summary>The name by which a command line chooses it.</summary>
    public abstract string Name { get; }

    /// <summary>The description of what is measured.</summary>
    public abstract string Description { get; }

    /// <summary>True if a quick run skips it.</summary>
    public virtual bool IsLong => false;

    /// <summary>
    /// The number of migrations that the programs apply; null if it is not compared with other numbers of
    /// them.
    /// </summary>
    public virtual int? Migrations => null;

    /// <summary>The target ratios.</summary>
    public abstract IReadOnlyList<ColdTarget> Targets { get; }

    /// <summary>The number of timed runs of each program.</summary>
    public virtual int Runs(bool quick) => quick ? 5 : 7;

    /// <summary>Creates what the programs need; not measured.</summary>
    /// <returns>The programs in the order of their turns, an empty one first.</returns>
    public abstract Task<IReadOnlyList<ColdChild>> PrepareAsync(BenchmarkDatabases databases, bool quick);
}
