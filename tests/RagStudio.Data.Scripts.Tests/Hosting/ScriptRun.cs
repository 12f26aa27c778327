namespace RagStudio.Data.Scripts.Tests;

/// <summary>The result of a script: its exit code, the lines of its output and its text on standard error.</summary>
internal sealed record ScriptRun(int ExitCode, IReadOnlyList<string> Output, string Errors);
