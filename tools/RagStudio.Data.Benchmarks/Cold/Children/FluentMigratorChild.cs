using FluentMigrator.Runner;
using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Benchmarks;

/// <summary>FluentMigrator brings databases up to date.</summary>
internal static class FluentMigratorChild
{
    /// <param name="given">The file and the assembly with scripts, for each database.</param>
    public static Task RunAsync(string[] given)
    {
        for (var i = 0; i < given.Length; i += 2)
        {
            MigrateUp(given[i], given[i + 1]);
        }
        return Task.CompletedTask;
    }

    private static void MigrateUp(string file, string scripts)
    {
        using var wal = ChildDatabases.OpenInWal(file);
        using var services = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(runner =>
                runner
                    .AddSQLite()
                    .WithGlobalConnectionString(ChildDatabases.ConnectionString(file))
                    .ScanIn(ChildDatabases.Load(scripts))
                    .For.Migrations()
                    .For.EmbeddedResources()
            )
            .BuildServiceProvider();
        using var scope = services.CreateScope();
        scope.ServiceProvider.GetRequiredService<IMigrationRunner>().MigrateUp();
    }
}
