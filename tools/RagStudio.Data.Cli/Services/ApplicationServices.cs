using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Puts together what the commands work with on another application's databases.</summary>
internal static class ApplicationServices
{
    /// <param name="application">The application.</param>
    /// <param name="settings">How its databases are treated.</param>
    /// <param name="environment">What the command line runs in.</param>
    /// <param name="output">Takes what the libraries log.</param>
    /// <param name="configure">Sets more of the migrator's options.</param>
    public static ServiceProvider Create(
        Application application,
        CliSettings settings,
        CliEnvironment environment,
        CommandOutput output,
        Action<MigrationOptions>? configure
    )
    {
        var services = MigratorServices.Create(settings, environment, output, configure);
        var migrator = services.AddMigrator();
        foreach (var context in application.Contexts)
        {
            context.AddTo(migrator);
        }

        return services.BuildServiceProvider();
    }
}
