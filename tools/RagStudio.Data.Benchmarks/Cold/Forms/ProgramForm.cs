namespace RagStudio.Data.Benchmarks;

/// <summary>The form in which this program is started in its roles.</summary>
internal abstract class ProgramForm
{
    /// <summary>
    /// As built, with all libraries as in their packages: methods of libraries without native code are
    /// JIT-compiled.
    /// </summary>
    public static ProgramForm AsBuilt { get; } = new BuiltProgram();

    /// <summary>The program.</summary>
    protected abstract string File { get; }

    /// <summary>Creates a child of this program in one of its roles.</summary>
    public ColdChild Child(string name, string role, params IEnumerable<string> arguments) =>
        new(name, File, [Benchmarks.Child.Argument, role, .. arguments]);

    /// <summary>Converts a generated assembly to the form of the program.</summary>
    public abstract Task FinishAsync(string assembly);

    private sealed class BuiltProgram : ProgramForm
    {
        protected override string File => ColdChild.SelfFile;

        public override Task FinishAsync(string assembly) => Task.CompletedTask;
    }
}
