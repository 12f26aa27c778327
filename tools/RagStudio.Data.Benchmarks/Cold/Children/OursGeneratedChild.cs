using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Benchmarks;

/// <summary>The migrator with its defaults migrates a database with a generated context.</summary>
internal static class OursGeneratedChild
{
    public static Task RunAsync(string file, string assembly) =>
        MigratorFactory.Create(migrator => AddTo(migrator, file, assembly)).MigrateAsync();

    public static ServiceCollection Services(string file, string assembly)
    {
        var services = new ServiceCollection();
        AddTo(services.AddMigrator(), file, assembly);
        return services;
    }

    private static void AddTo(MigratorBuilder migrator, string file, string assembly)
    {
        var type = ChildDatabases.Load(assembly).GetType("Generated.Migrated", throwOnError: true)!;
        ((IGeneratedSet)Activator.CreateInstance(type)!).AddTo(migrator, ChildDatabases.ConnectionString(file));
    }
}
