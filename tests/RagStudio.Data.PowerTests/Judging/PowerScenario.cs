using RagStudio.Data.PowerTests.Recording;

namespace RagStudio.Data.PowerTests.Judging;

/// <summary>
/// An operation on databases during which the power fails: a prepared folder, a program, and what must be
/// true afterwards.
/// </summary>
internal abstract class PowerScenario(string name) : IDisposable
{
    public string Name { get; } = name;

    /// <summary>The exit codes of a run that ends with an error of ours.</summary>
    public virtual IReadOnlyCollection<int> FailureCodes => [1];

    /// <summary>Selects the operation whose flush completes the run; <see langword="null"/> for a program of many small steps.</summary>
    public virtual Predicate<DiskOperation>? Commits => null;

    /// <summary>The recorded folder: everything that the program writes to.</summary>
    public abstract string Folder { get; }

    /// <summary>The program's assembly and its arguments.</summary>
    public abstract IReadOnlyList<string> Arguments { get; }

    /// <summary>Restores the prepared files.</summary>
    public abstract void Reset();

    /// <summary>The kind of the error that ended a run.</summary>
    public abstract string ErrorOf(RecordedRun run);

    /// <summary>Examines the result of an undisturbed run of the program.</summary>
    public virtual void Observe() { }

    /// <summary>Restarts the program on the present files.</summary>
    /// <param name="isDone">True if the program had reported success.</param>
    /// <param name="random">Chooses the kind of the start.</param>
    /// <returns>The deviations from the required state.</returns>
    public abstract Task<IReadOnlyList<string>> FaultsAsync(bool isDone, Random random);

    public abstract void Dispose();
}
