using Microsoft.Extensions.Logging;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The log of a category.</summary>
internal sealed class WarningLogger(CommandOutput output, string category, bool debug) : ILogger
{
    private const string OwnCategories = "RagStudio.";

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    // Logged errors are also thrown, and are reported once, when they end the command.
    public bool IsEnabled(LogLevel logLevel) =>
        debug
            ? logLevel >= LogLevel.Information
            : logLevel == LogLevel.Warning && category.StartsWith(OwnCategories, StringComparison.Ordinal);

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        // The error that ends the command repeats this message.
        var isRepeated =
            !debug && eventId.Id is (MigratorEventIds.RolledBack or MigratorEventIds.Refused or MigratorEventIds.Ended);
        if (IsEnabled(logLevel) && !isRepeated)
        {
            output.Warn(formatter(state, exception), debug ? $"{logLevel} {category}" : "warning");
        }
    }
}
