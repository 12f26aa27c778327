using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data;

/// <summary>The migrator of RAG Studio's databases for a program without a service container.</summary>
public static class RagStudioMigrator
{
    /// <summary>
    /// Creates a migrator with the same databases and rules that
    /// <see cref="RagStudioDataServiceCollectionExtensions.AddRagStudioData(Microsoft.Extensions.DependencyInjection.IServiceCollection, Action{RagStudioDataOptions})"/>
    /// adds.
    /// </summary>
    /// <param name="options">
    /// The location and connection settings. Later changes have no effect on the location.
    /// </param>
    /// <param name="migrations">The migration options; <see langword="null"/> for the defaults.</param>
    /// <param name="loggers">Creates the loggers; <see langword="null"/> to log nothing.</param>
    /// <returns>The migrator, safe to use from several threads.</returns>
    /// <exception cref="OptionsValidationException">An option is out of its range.</exception>
    /// <exception cref="DatabaseLayoutException">
    /// The events are not where <see cref="RagStudioDataOptions.SingleDatabase"/> says.
    /// </exception>
    /// <exception cref="DatabaseLockedException">
    /// Another process held a database for the whole lock timeout.
    /// </exception>
    public static IMigrationManager Create(
        RagStudioDataOptions options,
        MigrationOptions? migrations = null,
        ILoggerFactory? loggers = null
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionsCheck.Demand(new RagStudioDataOptionsValidator(), options);
        var layout = new FoundLayout(() => options, () => migrations ?? new MigrationOptions());
        return MigratorFactory.Create(
            migrator => migrator.AddRagStudioDatabases(_ => options, _ => layout),
            migrations,
            loggers
        );
    }

    /// <summary>Adds both databases with their rules.</summary>
    /// <param name="migrator">The migrator.</param>
    /// <param name="options">Returns valid options; called when they are needed.</param>
    /// <param name="layout">Returns the layout of the databases.</param>
    internal static MigratorBuilder AddRagStudioDatabases(
        this MigratorBuilder migrator,
        Func<IServiceProvider, RagStudioDataOptions> options,
        Func<IServiceProvider, FoundLayout> layout
    ) =>
        migrator
            .AddDatabase(
                "app_meta",
                (services, one) =>
                    Add<AppMetaContext>(one, RagStudioDatabase.AppMeta(options(services)), options(services))
            )
            .AddDatabase(
                "events",
                (services, one) => Add<EventsContext>(one, layout(services).Events, options(services))
            )
            .AddRagStudioRules(options);

    private static void Add<TContext>(
        MigratorBuilder migrator,
        RagStudioDatabase database,
        RagStudioDataOptions options
    )
        where TContext : DbContext => StorageProvider.For(options.Provider).Add<TContext>(migrator, database, options);
}
