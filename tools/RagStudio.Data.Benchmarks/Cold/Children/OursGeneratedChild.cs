using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Benchmarks;

/// <summary>The migrator with its defaults migrates a database with a generated context.</summary>
internal static class OursGeneratedChild
{
    public static async Task RunAsync(string file, string assembly)
    {
        await using var provider = Services(file, assembly).BuildServiceProvider();
        await provider.GetRequiredService<IMigrationManager>().MigrateAsync();
    }

    public static ServiceCollection Services(string file, string assembly)
    {
        var type = ChildDatabases.Load(assembly).GetType("Generated.Migrated", throwOnError: true)!;
        var services = new ServiceCollection();
        ((IGeneratedSet)Activator.CreateInstance(type)!).AddTo(
            services.AddMigrator(),
            ChildDatabases.ConnectionString(file)
        );
        return services;
    }
}
