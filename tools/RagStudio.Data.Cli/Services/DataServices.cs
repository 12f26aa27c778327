using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Sqlite;

namespace RagStudio.Data.Cli;

/// <summary>Puts together what the commands work with on RAG Studio's databases.</summary>
internal static class DataServices
{
    private static readonly TimeSpan LongestBusyTimeout = TimeSpan.FromMinutes(10);

    /// <param name="settings">The databases.</param>
    /// <param name="environment">What the command line runs in.</param>
    /// <param name="output">Takes what the libraries log.</param>
    /// <param name="configure">Sets more of the migrator's options.</param>
    public static ServiceProvider Create(
        CliSettings settings,
        CliEnvironment environment,
        CommandOutput output,
        Action<MigrationOptions>? configure
    )
    {
        var services = MigratorServices.Create(settings, environment, output, configure);
        services.AddRagStudioData(options => Configure(options, settings));
        if (settings.Database is not null)
        {
            LimitTo(settings.Database, services, settings);
        }
        AddImport(services);
        return services.BuildServiceProvider();
    }

    private static void Configure(RagStudioDataOptions options, CliSettings settings)
    {
        options.DataDirectory = settings.DataDirectory;
        options.SingleDatabase = settings.SingleDatabase;
        if (settings.LockTimeout is { } wait)
        {
            options.Connections.BusyTimeout = wait < LongestBusyTimeout ? wait : LongestBusyTimeout;
        }
    }

    /// <summary>Makes a set of one database.</summary>
    private static void LimitTo(string database, ServiceCollection services, CliSettings settings)
    {
        var options = new RagStudioDataOptions();
        Configure(options, settings);
        services.RemoveAll<IMigrationDatabase>();
        if (database == DatabaseNames.AppMeta)
        {
            Add<AppMetaContext>(RagStudioDatabase.AppMeta(options), services);
        }
        else
        {
            Add<EventsContext>(RagStudioDatabase.Events(options), services);
        }
    }

    private static void Add<TContext>(RagStudioDatabase database, ServiceCollection services)
        where TContext : DbContext =>
        services
            .AddMigrator()
            .AddSqliteDatabase<TContext>(
                database.Name,
                _ => new FileInfo(database.Path),
                (_, options) => options.MigrationsHistoryTable = database.HistoryTable
            );

    private static void AddImport(ServiceCollection services)
    {
        services.AddSingleton<KnowledgeBaseTarget>();
        services.AddSingleton<PresentDocuments>();
        services.AddSingleton<ImportEvents>();
        services.AddSingleton<FolderImport>();
    }
}
