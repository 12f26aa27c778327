using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite;

namespace RagStudio.Data.Cli;

/// <summary>Creates the services for commands on RAG Studio's databases.</summary>
internal static class DataServices
{
    private static readonly TimeSpan LongestBusyTimeout = TimeSpan.FromMinutes(10);

    /// <param name="settings">The databases.</param>
    /// <param name="environment">The environment of the command line.</param>
    /// <param name="output">Receives the libraries' log messages.</param>
    /// <param name="configure">Sets further options of the migrator.</param>
    public static ServiceProvider Create(
        CliSettings settings,
        CliEnvironment environment,
        CommandOutput output,
        Action<MigrationOptions>? configure
    )
    {
        var services = MigratorServices.Create(settings, environment, output, configure);
        if (settings.Connection is not null)
        {
            AddServer(services);
        }
        services.AddRagStudioData(options => Configure(options, settings));
        if (settings.Database is not null)
        {
            LimitTo(settings.Database, services, settings);
        }
        AddImport(services);
        return services.BuildServiceProvider();
    }

    /// <summary>A method of its own: only its call loads the assemblies.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddServer(ServiceCollection services) => services.AddRagStudioPostgreSql();

    /// <summary>True for the connection string of a server, false for a folder.</summary>
    public static bool IsServer(string place) =>
        place.Contains('=', StringComparison.Ordinal)
        && ApplicationProviders.FindByKeywords(place) is PostgreSqlApplicationProvider;

    private static void Configure(RagStudioDataOptions options, CliSettings settings)
    {
        options.DataDirectory = settings.DataDirectory;
        options.SingleDatabase = settings.SingleDatabase;
        if (settings.Connection is { } connection)
        {
            options.Provider = DataProvider.PostgreSql;
            options.ConnectionString = connection;
            options.EventsConnectionString = settings.EventsConnection;
        }
        if (settings.LockTimeout is { } wait)
        {
            options.Connections.BusyTimeout = wait < LongestBusyTimeout ? wait : LongestBusyTimeout;
        }
    }

    /// <summary>True if both databases are in one file.</summary>
    /// <exception cref="DatabaseLayoutException">They contradict the settings.</exception>
    public static bool AreInOneFile(CliSettings settings)
    {
        var options = OptionsOf(settings, settings.LockTimeout);
        return RagStudioDatabase.Events(options).Path == RagStudioDatabase.AppMeta(options).Path;
    }

    /// <summary>Restricts the set to one database.</summary>
    private static void LimitTo(string database, ServiceCollection services, CliSettings settings)
    {
        services.RemoveAll<IMigrationDatabase>();
        if (database == DatabaseNames.AppMeta)
        {
            Add<AppMetaContext>(DatabaseNames.AppMeta, services, Chosen);
        }
        else
        {
            Add<EventsContext>(DatabaseNames.Events, services, Chosen);
        }

        // The folder's other database is inspected too: the layout may differ from the settings.
        RagStudioDatabase Chosen(IServiceProvider provider)
        {
            var options = OptionsOf(
                settings,
                provider.GetRequiredService<IOptions<MigrationOptions>>().Value.LockTimeout
            );
            var events = RagStudioDatabase.Events(options);
            return database == DatabaseNames.AppMeta ? RagStudioDatabase.AppMeta(options) : events;
        }
    }

    private static RagStudioDataOptions OptionsOf(CliSettings settings, TimeSpan? wait)
    {
        var options = new RagStudioDataOptions();
        Configure(options, settings);
        options.Connections.BusyTimeout = wait ?? options.Connections.BusyTimeout;
        return options;
    }

    private static void Add<TContext>(
        string name,
        ServiceCollection services,
        Func<IServiceProvider, RagStudioDatabase> choose
    )
        where TContext : DbContext =>
        services
            .AddMigrator()
            .AddSqliteDatabase<TContext>(
                name,
                provider => new FileInfo(choose(provider).Path!),
                (provider, options) => options.MigrationsHistoryTable = choose(provider).HistoryTable
            );

    private static void AddImport(ServiceCollection services)
    {
        services.AddSingleton<KnowledgeBaseTarget>();
        services.AddSingleton<PresentDocuments>();
        services.AddSingleton<ImportEvents>();
        services.AddSingleton<LostKnowledgeBases>();
        services.AddSingleton<FolderImport>();
    }
}
