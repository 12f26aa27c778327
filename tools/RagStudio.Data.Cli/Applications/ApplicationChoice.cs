namespace RagStudio.Data.Cli;

/// <summary>The contexts of another application that a command works on, according to the command line.</summary>
/// <param name="Assembly">The full path of the assembly.</param>
/// <param name="Contexts">The names of the contexts; empty for all that have migrations.</param>
/// <param name="Connection">A connection string that replaces the context's own.</param>
/// <param name="Name">A name that replaces that of the context's database.</param>
/// <param name="Folder">The base folder of relative paths in connection strings.</param>
/// <param name="HostTimeout">The time limit for the application's entry point to build its host.</param>
internal sealed record ApplicationChoice(
    string Assembly,
    IReadOnlyList<string> Contexts,
    string? Connection,
    string? Name,
    string Folder,
    TimeSpan HostTimeout
)
{
    /// <summary>
    /// True if the connection string decides about the provider, because a context exists for several: it is then created
    /// by a constructor that takes options.
    /// </summary>
    public bool IsByConnection { get; init; }

    /// <summary>Without the connection string, which may contain a password.</summary>
    public override string ToString() => Assembly;
}
