namespace RagStudio.Data.Benchmarks;

/// <summary>A program that is started again and again, each time in a new process.</summary>
/// <param name="Name">For people, unique in its scenario.</param>
/// <param name="File">The program.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record ColdChild(string Name, string File, IReadOnlyList<string> Arguments)
{
    /// <summary>The folder that is empty whenever the program starts; none where the program finds what it left the time before.</summary>
    public string? FreshFolder { get; init; }

    /// <summary>How often it is timed at the most: a program that takes long is timed less often than others.</summary>
    public int MostRuns { get; init; } = int.MaxValue;

    /// <summary>What is added to the environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Throws where the program has not done its work.</summary>
    public Action Check { get; init; } = () => { };

    /// <summary>This program as it was started, in one of its roles.</summary>
    public static ColdChild Self(string name, string role, params IEnumerable<string> arguments) =>
        ProgramForm.AsBuilt.Child(name, role, arguments);

    /// <summary>This program as it was started.</summary>
    public static string SelfFile { get; } =
        Path.Combine(AppContext.BaseDirectory, typeof(ColdChild).Assembly.GetName().Name + ProgramExtension);

    /// <summary>What the name of a program ends in on this system.</summary>
    public static string ProgramExtension => OperatingSystem.IsWindows() ? ".exe" : "";
}
