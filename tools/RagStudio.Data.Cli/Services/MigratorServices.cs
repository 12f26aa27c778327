using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Registers the migrator's options and logging, for any databases.</summary>
internal static class MigratorServices
{
    /// <param name="settings">The settings of the databases.</param>
    /// <param name="environment">The environment of the command line.</param>
    /// <param name="output">Receives the libraries' log messages.</param>
    /// <param name="configure">Sets further options of the migrator.</param>
    public static ServiceCollection Create(
        CliSettings settings,
        CliEnvironment environment,
        CommandOutput output,
        Action<MigrationOptions>? configure
    )
    {
        var log = new WarningLoggerProvider(output, environment.Debug);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Information));
        services.Configure<MigrationOptions>(options => Configure(options, settings));
        services.Configure(configure ?? (_ => { }));
        return services;
    }

    private static void Configure(MigrationOptions options, CliSettings settings)
    {
        options.LockTimeout = settings.LockTimeout ?? options.LockTimeout;
        options.BackupDirectory = settings.BackupDirectory ?? options.BackupDirectory;
        options.MigrationTimeout = settings.MigrationTimeout ?? options.MigrationTimeout;
    }
}
