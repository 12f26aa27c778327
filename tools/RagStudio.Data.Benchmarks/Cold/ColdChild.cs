namespace RagStudio.Data.Benchmarks;

/// <summary>A program that is started repeatedly, each time in a new process.</summary>
/// <param name="Name">Its display name, unique in its scenario.</param>
/// <param name="File">The program.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record ColdChild(string Name, string File, IReadOnlyList<string> Arguments)
{
    /// <summary>
    /// Takes away, before each start, what the program left the time before; does nothing if the program is to find it.
    /// </summary>
    public Func<Task> RefreshAsync { get; init; } = () => Task.CompletedTask;

    /// <summary>The maximum number of timed runs: a slow program is timed less often than others.</summary>
    public int MostRuns { get; init; } = int.MaxValue;

    /// <summary>Additional environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Throws if the program has not done its work.</summary>
    public Action Check { get; init; } = () => { };

    /// <summary>This program as it was started, in one of its roles.</summary>
    public static ColdChild Self(string name, string role, params IEnumerable<string> arguments) =>
        ProgramForm.AsBuilt.Child(name, role, arguments);

    /// <summary>This program as it was started.</summary>
    public static string SelfFile { get; } =
        Path.Combine(AppContext.BaseDirectory, typeof(ColdChild).Assembly.GetName().Name + ProgramExtension);

    /// <summary>The extension of programs on this system.</summary>
    public static string ProgramExtension => OperatingSystem.IsWindows() ? ".exe" : "";
}
