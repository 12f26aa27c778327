using System.Text.Json;

namespace RagStudio.Data.Cli.Tests;

/// <summary>The result of a command line.</summary>
internal sealed record CliResult(int ExitCode, string Out, string Error)
{
    public ExitCode Code => (ExitCode)ExitCode;

    /// <summary>The document on standard output, which must be the only thing there.</summary>
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    public string[] OutLines => Lines(Out);

    public string[] ErrorLines => Lines(Error);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
