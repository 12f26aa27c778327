using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace RagStudio.Data.Migrator;

/// <summary>Adds the migrator to an application's services.</summary>
public static class MigratorServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IMigrationManager"/> and its options. An application has one set of databases: a second call adds to
    /// the same set.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options; they are validated when the host starts.</param>
    /// <returns>A builder that takes the databases.</returns>
    public static MigratorBuilder AddMigrator(
        this IServiceCollection services,
        Action<MigrationOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<MigrationOptions>().ValidateDataAnnotations().ValidateOnStart();
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
        services.TryAddSingleton<IMigrationManager, MigrationManager>();
        return new MigratorBuilder(services);
    }
}
