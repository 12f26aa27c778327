namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>reopen</c>.</summary>
/// <param name="Databases">The names of the databases that had the mark.</param>
internal sealed record ReopenDocument(IReadOnlyList<string> Databases);
