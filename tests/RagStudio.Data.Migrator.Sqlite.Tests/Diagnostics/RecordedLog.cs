using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Diagnostics;

/// <summary>Keeps log messages with their structured values.</summary>
internal sealed class RecordedLog : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(
        EventId Id,
        string Text,
        IReadOnlyList<KeyValuePair<string, object?>> Values
    )> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) =>
        Lines.Enqueue(
            (
                eventId,
                $"{formatter(state, exception)} {exception}",
                state as IReadOnlyList<KeyValuePair<string, object?>> ?? []
            )
        );

    public void Dispose() { }
}
