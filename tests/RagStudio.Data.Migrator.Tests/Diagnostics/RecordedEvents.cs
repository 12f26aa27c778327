using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace RagStudio.Data.Migrator.Tests.Diagnostics;

/// <summary>Keeps the ids of logged events, in order.</summary>
internal sealed class RecordedEvents : ILoggerProvider, ILogger
{
    public ConcurrentQueue<int> Ids { get; } = [];

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
    ) => Ids.Enqueue(eventId.Id);

    public void Dispose() { }
}
