namespace RagStudio.Data.Cli;

/// <summary>The JSON of a command that failed.</summary>
/// <param name="Error">What happened and what to do.</param>
/// <param name="ExitCode">The process's exit code.</param>
internal sealed record ErrorDocument(string Error, int ExitCode);
