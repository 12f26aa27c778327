using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>The context of a running command.</summary>
/// <param name="parsed">Its own options and arguments.</param>
/// <param name="settings">The databases.</param>
/// <param name="environment">The environment of the command line.</param>
/// <param name="output">Receives its output.</param>
/// <param name="confirmation">Asks the user.</param>
/// <param name="cancellationToken">Stops waiting for a loaded application.</param>
internal sealed class CommandContext(
    ParseResult parsed,
    CliSettings settings,
    CliEnvironment environment,
    CommandOutput output,
    Confirmation confirmation,
    CancellationToken cancellationToken
) : IAsyncDisposable
{
    private Action<MigrationOptions>? _configure;
    private ServiceProvider? _services;
    private Application? _application;

    public ParseResult Parsed => parsed;

    public CliSettings Settings => settings;

    public CliEnvironment Environment => environment;

    public CommandOutput Output => output;

    public Confirmation Confirmation => confirmation;

    /// <summary>The application with the databases; <see langword="null"/> for RAG Studio.</summary>
    public Application? Application =>
        settings.Application is { } choice ? _application ??= Cli.Application.Load(choice, cancellationToken) : null;

    /// <summary>The folders of the databases, which may not exist.</summary>
    public IReadOnlyList<string> Folders =>
        Application?.Folders ?? (settings.Connection is null ? [settings.DataDirectory] : []);

    /// <summary>The folders of the databases, or the databases on a server, as shown to the user.</summary>
    public string Place =>
        string.Join(
            " or ",
            (Folders is [] ? OnServers.Select(database => database.Storage.DisplayName).Distinct() : Folders).Select(
                place => $"'{place}'"
            )
        );

    /// <summary>All databases of the command.</summary>
    public IReadOnlyList<IMigrationDatabase> Databases => [.. Services.GetServices<IMigrationDatabase>()];

    /// <summary>The databases that are not files.</summary>
    public IReadOnlyList<IMigrationDatabase> OnServers =>
        [.. Databases.Where(database => database.Storage.File is null)];

    /// <summary>Refuses a command that needs backup sets where they have no folder.</summary>
    /// <exception cref="CommandException">The databases are on a server, and no folder was named.</exception>
    public void DemandBackupFolder()
    {
        if (settings.BackupDirectory is null && OnServers is [var first, ..])
        {
            throw CommandException.Usage(
                $"{first.Name} is on a server, where backups have no default folder: name one with --backup-dir."
            );
        }
    }

    /// <summary>
    /// What a run on a server does about data that it drops and cannot keep; <see langword="null"/> for the default. To be
    /// set before the services are used.
    /// </summary>
    public string? UnkeptLoss { get; set; }

    public IServiceProvider Services => _services ??= CreateServices();

    public IMigrationManager Manager => Services.GetRequiredService<IMigrationManager>();

    /// <summary>Applies the command's own options to the migrator's, before the services are used.</summary>
    public void Configure(Action<MigrationOptions> configure) => _configure += configure;

    /// <summary>Lists all backup sets in the folder, of any databases.</summary>
    public async Task<IReadOnlyList<BackupSet>> ListAllBackupsAsync(CancellationToken cancellationToken)
    {
        await using var services = CreateServices(options => options.RestoreSetsOfOtherDatabases = true);
        return await services.GetRequiredService<IMigrationManager>().Backups.ListAsync(cancellationToken);
    }

    /// <summary>Creates services for RAG Studio's databases in the layout that they have, whatever was asked for.</summary>
    public ServiceProvider CreateServicesAsFound() =>
        DataServices.Create(settings with { SingleDatabase = null }, environment, output, _configure);

    private ServiceProvider CreateServices(Action<MigrationOptions>? configure = null) =>
        Application is { } application
            ? ApplicationServices.Create(application, settings, environment, output, _configure + configure, UnkeptLoss)
            : DataServices.Create(settings, environment, output, _configure + configure);

    public ValueTask DisposeAsync() => _services?.DisposeAsync() ?? ValueTask.CompletedTask;
}
