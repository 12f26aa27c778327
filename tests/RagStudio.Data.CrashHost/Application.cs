using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Sqlite;
using RagStudio.Data.Testing;

namespace RagStudio.Data.CrashHost;

/// <summary>An application with a host, which reports the phases of its start and the result.</summary>
internal static class Application
{
    public static async Task StartAndStopAsync(string folder, string policy)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IProgress<MigrationProgress>>(new PhaseWriter());
        builder
            .Services.AddMigrator(options => options.StartupPolicy = Enum.Parse<StartupPolicy>(policy))
            .AddSqliteDatabase<ShopContext>("shop", $"Data Source={new Shop(folder).PathOf("shop")}")
            .MigrateOnStartup();
        using var host = builder.Build();
        await host.StartAsync();
        var status = await ReadAsync(host.Services.GetRequiredService<IMigrationManager>());
        var state = host.Services.GetRequiredService<IMigrationMonitor>().Current;
        Console.WriteLine($"started: {status} {state.Status}");
        await host.StopAsync();
    }

    /// <summary>Another instance may briefly hold the database, to find that it has nothing to do.</summary>
    private static async Task<string> ReadAsync(IMigrationManager manager)
    {
        try
        {
            return $"{(await manager.GetStatusAsync()).Verdict}";
        }
        catch (DatabaseLockedException)
        {
            return await ReadAsync(manager);
        }
    }

    private sealed class PhaseWriter : IProgress<MigrationProgress>
    {
        private MigrationPhase? _last;

        public void Report(MigrationProgress value)
        {
            if (_last != value.Phase)
            {
                _last = value.Phase;
                Console.WriteLine($"{value.Phase}");
            }
        }
    }
}
