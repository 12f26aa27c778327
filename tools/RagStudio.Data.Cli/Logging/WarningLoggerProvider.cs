using Microsoft.Extensions.Logging;

namespace RagStudio.Data.Cli;

/// <summary>Shows what the libraries log to the user of the tool.</summary>
/// <param name="output">Takes the lines.</param>
/// <param name="debug">Whether to show everything from <see cref="LogLevel.Information"/> on, not our own warnings alone.</param>
internal sealed class WarningLoggerProvider(CommandOutput output, bool debug) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new WarningLogger(output, categoryName, debug);

    public void Dispose() { }
}
