using Microsoft.Extensions.Logging;

namespace RagStudio.Data.Cli;

/// <summary>Shows the libraries' log messages to the user of the tool.</summary>
/// <param name="output">Receives the lines.</param>
/// <param name="debug">
/// True to show everything from <see cref="LogLevel.Information"/> on, not only our own warnings.
/// </param>
internal sealed class WarningLoggerProvider(CommandOutput output, bool debug) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new WarningLogger(output, categoryName, debug);

    public void Dispose() { }
}
