using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Benchmarks;

/// <summary>The migrator with its defaults migrates a database with a generated context.</summary>
internal static class OursGeneratedChild
{
    public static Task RunAsync(string connectionString, string assembly) =>
        MigratorFactory.Create(migrator => AddTo(migrator, connectionString, assembly)).MigrateAsync();

    public static Task UpgradeAsync(string connectionString, string assembly, RehearsalPolicy rehearsal) =>
        MigratorFactory
            .Create(
                migrator => AddTo(migrator, connectionString, assembly),
                new MigrationOptions { RehearseBeforeMigrate = rehearsal }
            )
            .MigrateAsync();

    public static async Task ReadStatusAsync(string connectionString, string assembly)
    {
        var manager = MigratorFactory.Create(migrator => AddTo(migrator, connectionString, assembly));
        var status = await manager.GetStatusAsync();
        Rules.Demand(status.Verdict == MigrationVerdict.UpToDate, $"the status is {status.Verdict}");
    }

    public static ServiceCollection Services(string connectionString, string assembly)
    {
        var services = new ServiceCollection();
        AddTo(services.AddMigrator(), connectionString, assembly);
        return services;
    }

    private static void AddTo(MigratorBuilder migrator, string connectionString, string assembly)
    {
        var type = ChildDatabases.Load(assembly).GetType("Generated.Migrated", throwOnError: true)!;
        ((IGeneratedSet)Activator.CreateInstance(type)!).AddTo(migrator, connectionString);
    }
}
