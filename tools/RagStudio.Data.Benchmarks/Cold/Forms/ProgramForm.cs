namespace RagStudio.Data.Benchmarks;

/// <summary>In which form this program is started in its roles.</summary>
internal abstract class ProgramForm
{
    /// <summary>As it is built, and all libraries as they come in their packages: where those have no native code, methods are compiled while it runs.</summary>
    public static ProgramForm AsBuilt { get; } = new BuiltProgram();

    /// <summary>The program.</summary>
    protected abstract string File { get; }

    /// <summary>This program, in one of its roles.</summary>
    public ColdChild Child(string name, string role, params IEnumerable<string> arguments) =>
        new(name, File, [Benchmarks.Child.Argument, role, .. arguments]);

    /// <summary>Gives an assembly that was generated the form that the program has.</summary>
    public abstract Task FinishAsync(string assembly);

    private sealed class BuiltProgram : ProgramForm
    {
        protected override string File => ColdChild.SelfFile;

        public override Task FinishAsync(string assembly) => Task.CompletedTask;
    }
}
