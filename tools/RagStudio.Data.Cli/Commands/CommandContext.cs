using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>What a command has to work with.</summary>
/// <param name="parsed">Its own options and arguments.</param>
/// <param name="settings">The databases.</param>
/// <param name="environment">What the command line runs in.</param>
/// <param name="output">Takes what it has to say.</param>
internal sealed class CommandContext(
    ParseResult parsed,
    CliSettings settings,
    CliEnvironment environment,
    CommandOutput output
) : IAsyncDisposable
{
    private readonly Lazy<ServiceProvider> _services = new(() => DataServices.Create(settings, environment, output));

    public ParseResult Parsed => parsed;

    public CliSettings Settings => settings;

    public CliEnvironment Environment => environment;

    public CommandOutput Output => output;

    public IServiceProvider Services => _services.Value;

    public IMigrationManager Manager => Services.GetRequiredService<IMigrationManager>();

    public ValueTask DisposeAsync() =>
        _services.IsValueCreated ? _services.Value.DisposeAsync() : ValueTask.CompletedTask;
}
