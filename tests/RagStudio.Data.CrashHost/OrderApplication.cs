using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Testing;

namespace RagStudio.Data.CrashHost;

/// <summary>Migrates and rolls back in a culture, and tells in which order, beside that of EF alone.</summary>
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
    }

    private static OrderContext ContextOf(string path) =>
        new(new DbContextOptionsBuilder<OrderContext>().UseSqlite($"Data Source={path};Pooling=False").Options);

    private static IEnumerable<string> VersionsOf(IEnumerable<MigrationRecord> history, MigrationEvent what) =>
        history.Where(record => record.Event == what).Select(record => record.Version!);

    private static void Tell(string what, IEnumerable<string> versions) =>
        Console.WriteLine($"{what}: {string.Join(", ", versions.Select(KnownMigration.NameOf))}");
}
