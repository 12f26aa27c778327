using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite;
using RagStudio.Data.Testing;

namespace RagStudio.Data.CrashHost;

/// <summary>Migrates and rolls back in a culture, and reports the order, together with that of EF alone.</summary>
internal static class OrderApplication
{
    public static async Task RunAsync(string folder, string culture)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        var shop = new Shop(folder);
        await using (var ef = ContextOf(shop.PathOf("ef")))
        {
            Tell("ef", ef.GetService<IMigrationsAssembly>().Migrations.Keys);
            await ef.Database.MigrateAsync();
        }
        var manager = shop.Manager<OrderContext>();
        Tell("planned", (await manager.GetStatusAsync()).Databases[0].Pending);
        await manager.MigrateAsync();
        Tell("status", (await manager.GetStatusAsync()).Databases[0].Applied);
        Tell("to revert", (await manager.PlanRollbackAsync("0")).Databases[0].Versions);
        await manager.RollbackToVersionAsync("0");
        var history = (await manager.GetHistoryAsync()).OrderBy(record => record.Id).ToArray();
        Tell("applied", VersionsOf(history, MigrationEvent.Applied));
        Tell("reverted", VersionsOf(history, MigrationEvent.Reverted));
        await RunCompiledAsync(shop);
    }

    private static async Task RunCompiledAsync(Shop shop)
    {
        var path = shop.PathOf("compiled");
        var assembly = CompiledAssembly.Of<OrderContext>(text =>
            text.Replace("ADD COLUMN c TEXT", "ADD COLUMN compiled TEXT", StringComparison.Ordinal)
                .Replace("DROP COLUMN c", "DROP COLUMN compiled", StringComparison.Ordinal)
        );
        var services = new ServiceCollection();
        services
            .AddMigrator()
            .AddSqliteDatabase<OrderContext>(
                "compiled",
                $"Data Source={path}",
                options => options.MigrationsAssembly = assembly
            );
        await using var provider = services.BuildServiceProvider();
        var manager = provider.GetRequiredService<IMigrationManager>();
        var applied = await manager.MigrateAsync();
        Tell("applied by the file", applied.Databases[0].Migrations.Select(one => one.Version));
        await using (var database = ContextOf(path))
        {
            var columns = database.Database.SqlQueryRaw<string>("SELECT name AS Value FROM pragma_table_info('t')");
            Console.WriteLine($"columns: {string.Join(", ", await columns.ToArrayAsync())}");
        }
        var reverted = await manager.RollbackToVersionAsync("0");
        Tell("reverted by the file", reverted.Databases[0].Migrations.Select(one => one.Version));
    }

    private static OrderContext ContextOf(string path) =>
        new(new DbContextOptionsBuilder<OrderContext>().UseSqlite($"Data Source={path};Pooling=False").Options);

    private static IEnumerable<string> VersionsOf(IEnumerable<MigrationRecord> history, MigrationEvent what) =>
        history.Where(record => record.Event == what).Select(record => record.Version!);

    private static void Tell(string what, IEnumerable<string> versions) =>
        Console.WriteLine($"{what}: {string.Join(", ", versions.Select(KnownMigration.NameOf))}");
}
