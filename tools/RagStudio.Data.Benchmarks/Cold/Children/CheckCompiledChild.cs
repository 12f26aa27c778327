using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Benchmarks;

/// <summary>
/// Fails if the migrator warns, which it does if it does not use existing compiled migrations. Not measured.
/// </summary>
internal static class CheckCompiledChild
{
    public static async Task RunAsync(string connectionString, string assembly)
    {
        var services = OursGeneratedChild.Services(connectionString, assembly);
        services.AddLogging(logging => logging.AddProvider(new FailingOnWarnings()));
        await using var provider = services.BuildServiceProvider();
        var database = provider.GetRequiredService<MigrationSet>().Databases.Single();
        Rules.Demand(database.FindCompiled() is not null, "the compiled migrations are not there");
        await provider.GetRequiredService<IMigrationManager>().MigrateAsync();
    }

    private sealed class FailingOnWarnings : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => throw new InvalidOperationException(formatter(state, exception));

        public void Dispose() { }
    }
}
