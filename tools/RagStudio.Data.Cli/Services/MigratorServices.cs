using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>What the migrator is told, whatever databases it works on.</summary>
internal static class MigratorServices
{
    /// <param name="settings">How the databases are treated.</param>
    /// <param name="environment">What the command line runs in.</param>
    /// <param name="output">Takes what the libraries log.</param>
    /// <param name="configure">Sets more of the migrator's options.</param>
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
