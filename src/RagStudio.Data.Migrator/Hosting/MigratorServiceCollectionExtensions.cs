using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Run;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the migrator to an application's services.</summary>
public static class MigratorServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IMigrationManager"/> and its options. An application has one set of databases: a second call adds to
    /// the same set.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options; they are validated when the host starts.</param>
    /// <returns>A builder to add the databases to.</returns>
    public static MigratorBuilder AddMigrator(
        this IServiceCollection services,
        Action<MigrationOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<MigrationOptions>().ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<MigrationOptions>, MigrationOptionsValidator>(
                provider => new MigrationOptionsValidator(SectionOf(provider))
            )
        );
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<MigrationSet>();
        services.TryAddSingleton<ExpectedSchemas>();
        services.TryAddSingleton(provider => new DataValidator(
            provider.GetRequiredService<MigrationSet>(),
            provider.GetRequiredService<ExpectedSchemas>(),
            provider.GetRequiredService<IOptions<MigrationOptions>>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.TryAddSingleton<MigrationMonitor>();
        services.TryAddSingleton<IMigrationMonitor>(provider => provider.GetRequiredService<MigrationMonitor>());
        services.TryAddSingleton<WatchedRuns>();
        services.TryAddSingleton(provider => new MigratorServices(
            provider.GetRequiredService<MigrationSet>(),
            provider.GetRequiredService<IOptions<MigrationOptions>>().Value,
            provider.GetRequiredService<ExpectedSchemas>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<MigrationManager>>()
        ));
        services.TryAddSingleton<IMigrationManager, MigrationManager>();
        services.TryAddSingleton(provider => provider.GetRequiredService<IMigrationManager>().Backups);
        return new MigratorBuilder(services);
    }

    /// <summary>
    /// Adds <see cref="IMigrationManager"/> and its options, bound from a configuration section. When the host starts,
    /// an error names the full key of an invalid value.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="section">The section that holds the options.</param>
    /// <returns>A builder to add the databases to.</returns>
    public static MigratorBuilder AddMigrator(this IServiceCollection services, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        services.Configure<MigrationOptions>(section);
        services.AddSingleton(new MigrationOptionsSection(section.Path));
        return services.AddMigrator();
    }

    private static string SectionOf(IServiceProvider provider) =>
        provider.GetService<MigrationOptionsSection>()?.Path ?? nameof(MigrationOptions);
}
