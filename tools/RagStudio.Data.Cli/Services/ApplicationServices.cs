using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Creates the services for commands on another application's databases.</summary>
internal static class ApplicationServices
{
    /// <param name="application">The application.</param>
    /// <param name="settings">The settings of its databases.</param>
    /// <param name="environment">The environment of the command line.</param>
    /// <param name="output">Receives the libraries' log messages.</param>
    /// <param name="configure">Sets further options of the migrator.</param>
    /// <param name="unkeptLoss">What to do about data that cannot be kept; <see langword="null"/> for the default.</param>
    public static ServiceProvider Create(
        Application application,
        CliSettings settings,
        CliEnvironment environment,
        CommandOutput output,
        Action<MigrationOptions>? configure,
        string? unkeptLoss = null
    )
    {
        var services = MigratorServices.Create(settings, environment, output, configure);
        var migrator = services.AddMigrator();
        foreach (var context in application.Contexts)
        {
            (context with { UnkeptLoss = unkeptLoss }).AddTo(migrator);
        }

        return services.BuildServiceProvider();
    }
}
