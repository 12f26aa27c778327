using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Sqlite;

namespace RagStudio.Data.Cli;

/// <summary>Puts together what the commands work with.</summary>
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
        var log = new WarningLoggerProvider(output, environment.Debug);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Information));
        services.AddRagStudioData(options => Configure(options, settings));
        services.Configure<MigrationOptions>(options => Configure(options, settings));
        services.Configure(configure ?? (_ => { }));
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

    private static void Configure(MigrationOptions options, CliSettings settings)
    {
        options.LockTimeout = settings.LockTimeout ?? options.LockTimeout;
        options.BackupDirectory = settings.BackupDirectory ?? options.BackupDirectory;
        options.MigrationTimeout = settings.MigrationTimeout ?? options.MigrationTimeout;
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
                database.ConnectionString,
                options => options.MigrationsHistoryTable = database.HistoryTable
            );

    private static void AddImport(ServiceCollection services)
    {
        services.AddSingleton<KnowledgeBaseTarget>();
        services.AddSingleton<PresentDocuments>();
        services.AddSingleton<ImportEvents>();
        services.AddSingleton<FolderImport>();
    }
}
