namespace RagStudio.Data.Cli;

/// <summary>The contexts of another application that a command works on, as the command line says.</summary>
/// <param name="Assembly">The full path of the assembly.</param>
/// <param name="Contexts">The names of the contexts; empty for all that have migrations.</param>
/// <param name="Connection">A connection string in place of the context's own.</param>
/// <param name="Name">A name for that context's database in place of the context's own.</param>
/// <param name="Folder">Where relative paths of connection strings start.</param>
/// <param name="HostTimeout">How long the application's entry point may take to build its host.</param>
internal sealed record ApplicationChoice(
    string Assembly,
    IReadOnlyList<string> Contexts,
    string? Connection,
    string? Name,
    string Folder,
    TimeSpan HostTimeout
);
