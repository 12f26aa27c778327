using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagStudio.Data;
using RagStudio.Data.Migrator;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds RAG Studio's data access layer to an application's services.</summary>
public static class RagStudioDataServiceCollectionExtensions
{
    /// <summary>
    /// Adds the contexts, the repositories, the event store, the migrator and its start-up migration,
    /// configured by the sections <c>RagStudio:Data</c> (<see cref="RagStudioDataOptions"/>) and
    /// <c>RagStudio:Migrations</c> (<see cref="MigrationOptions"/>). An invalid value stops the host at start
    /// with an error that names its full key.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">The application's configuration.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddRagStudioData(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddMigrator(configuration.GetSection("RagStudio:Migrations"));
        return services.AddRagStudioData(options =>
            configuration.GetSection(RagStudioDataOptions.SectionName).Bind(options)
        );
    }

    /// <summary>Adds the contexts, the repositories, the event store, the migrator and its start-up migration.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets the location and connection settings; validated when the host starts.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddRagStudioData(
        this IServiceCollection services,
        Action<RagStudioDataOptions> configure
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<RagStudioDataOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<RagStudioDataOptions>>(new RagStudioDataOptionsValidator())
        );
        AddStores(services);
        services.AddMigrator().AddRagStudioDatabases(Options, Layout).MigrateOnStartup();
        return services;
    }

    private static void AddStores(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new FoundLayout(
            () => Options(provider),
            () => provider.GetRequiredService<IOptions<MigrationOptions>>().Value
        ));
        services.AddPooledDbContextFactory<AppMetaContext>((provider, builder) => AppMeta(provider).Configure(builder));
        services.AddPooledDbContextFactory<EventsContext>(
            (provider, builder) => Layout(provider).Events.Configure(builder)
        );
        services.TryAddSingleton<KnowledgeBaseRepository>();
        services.TryAddSingleton<DocumentRepository>();
        services.TryAddSingleton<PipelineRepository>();
        services.TryAddSingleton<PipelineRunRepository>();
        services.TryAddSingleton<ToolRepository>();
        services.TryAddSingleton<ScheduleRepository>();
        services.TryAddSingleton<FlowRepository>();
        services.TryAddSingleton<SettingsRepository>();
        services.TryAddSingleton<ChunkSearch>();
        services.TryAddSingleton<EventStore>();
        services.TryAddSingleton<SnapshotStore>();
        services.TryAddSingleton<CheckpointStore>();
        services.TryAddSingleton<RagStudioTransactions>();
        services.TryAddSingleton<KnowledgeBaseEditor>();
        services.TryAddSingleton<RowExport>();
        services.TryAddSingleton<RowImport>();
        services.TryAddSingleton<IRagStudioLayout>(provider => new RagStudioLayout(
            Options(provider),
            provider.GetRequiredService<IOptions<MigrationOptions>>().Value,
            provider.GetService<ILoggerFactory>()
        ));
        services.TryAddSingleton(provider => new EventSubscriptions(
            provider.GetRequiredService<IDbContextFactory<EventsContext>>(),
            provider.GetRequiredService<RagStudioTransactions>(),
            provider.GetRequiredService<TimeProvider>()
        )
        {
            PollInterval = Options(provider).EventPollInterval,
        });
    }

    private static RagStudioDatabase AppMeta(IServiceProvider provider) => RagStudioDatabase.AppMeta(Options(provider));

    private static FoundLayout Layout(IServiceProvider provider) => provider.GetRequiredService<FoundLayout>();

    private static RagStudioDataOptions Options(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<RagStudioDataOptions>>().Value;
}
