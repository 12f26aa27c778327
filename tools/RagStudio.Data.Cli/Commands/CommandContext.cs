using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>What a command has to work with.</summary>
/// <param name="parsed">Its own options and arguments.</param>
/// <param name="settings">The databases.</param>
/// <param name="environment">What the command line runs in.</param>
/// <param name="output">Takes what it has to say.</param>
/// <param name="confirmation">Asks the user.</param>
internal sealed class CommandContext(
    ParseResult parsed,
    CliSettings settings,
    CliEnvironment environment,
    CommandOutput output,
    Confirmation confirmation
) : IAsyncDisposable
{
    private Action<MigrationOptions>? _configure;
    private ServiceProvider? _services;

    public ParseResult Parsed => parsed;

    public CliSettings Settings => settings;

    public CliEnvironment Environment => environment;

    public CommandOutput Output => output;

    public Confirmation Confirmation => confirmation;

    public IServiceProvider Services => _services ??= DataServices.Create(settings, environment, output, _configure);

    public IMigrationManager Manager => Services.GetRequiredService<IMigrationManager>();

    /// <summary>Sets what the command's own options say of the migrator's, before the services are used.</summary>
    public void Configure(Action<MigrationOptions> configure) => _configure += configure;

    public ValueTask DisposeAsync() => _services?.DisposeAsync() ?? ValueTask.CompletedTask;
}
