namespace RagStudio.Data.PowerTests.Judging;

/// <summary>Something that is done to databases while the power fails: a prepared folder, a program, and what must be true afterwards.</summary>
internal abstract class PowerScenario(string name) : IDisposable
{
    public string Name { get; } = name;

    /// <summary>The exit code of a run that ends with an error of ours.</summary>
    public virtual int FailureCode => 1;

    /// <summary>What is recorded: everything that the program writes to.</summary>
    public abstract string Folder { get; }

    /// <summary>The program's assembly and its arguments.</summary>
    public abstract IReadOnlyList<string> Arguments { get; }

    /// <summary>Brings the prepared files back.</summary>
    public abstract void Reset();

    /// <summary>Looks at what the program has left that nothing hindered.</summary>
    public virtual void Observe() { }

    /// <summary>Starts the program again over what is there.</summary>
    /// <param name="isDone">Whether the program had said that all is done.</param>
    /// <param name="random">Decides what the start is.</param>
    /// <returns>What is not as it must be.</returns>
    public abstract Task<IReadOnlyList<string>> FaultsAsync(bool isDone, Random random);

    public abstract void Dispose();
}
