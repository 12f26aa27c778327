namespace RagStudio.Data.Benchmarks;

/// <summary>The same work by several programs, each in a new process.</summary>
internal abstract class ColdScenario
{
    /// <summary>By which a command line chooses it.</summary>
    public abstract string Name { get; }

    /// <summary>What is measured, for people.</summary>
    public abstract string Description { get; }

    /// <summary>Whether it is left out of a quick run.</summary>
    public virtual bool IsLong => false;

    /// <summary>How many migrations the programs apply; none where that is not compared with other numbers of them.</summary>
    public virtual int? Migrations => null;

    /// <summary>The ratios wanted.</summary>
    public abstract IReadOnlyList<ColdTarget> Targets { get; }

    /// <summary>How often each program is timed.</summary>
    public virtual int Runs(bool quick) => quick ? 5 : 7;

    /// <summary>Makes what the programs need; not measured.</summary>
    /// <returns>The programs in the order of their turns, an empty one first.</returns>
    public abstract Task<IReadOnlyList<ColdChild>> PrepareAsync(BenchmarkDatabases databases, bool quick);
}
