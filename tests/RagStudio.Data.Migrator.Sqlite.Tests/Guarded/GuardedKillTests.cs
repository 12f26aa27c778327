using Microsoft.EntityFrameworkCore;
using RagStudio.Data.CrashHost;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Guarded;

/// <summary>A program that uses only EF is killed at points spread evenly over its run.</summary>
public sealed class GuardedKillTests : GuardedShopTest
{
    private const int Rows = 300;

    [Test]
    public async Task MigrateAsync_killed_at_any_point_is_undone_or_done_by_the_next_start()
    {
        var points = await PointsAsync();
        var chosen = points.Where((_, i) => i % 5 == 3).ToArray();
        Assert.That(chosen, Has.Length.GreaterThan(3));
        foreach (var point in chosen)
        {
            using var shop = new Shop();
            await shop.CreateFirstReleaseAsync(Rows);

            var exit = Run(shop, point);

            Assert.That(exit.Code, Is.EqualTo(HostProcess.Killed), $"{point}: {exit.Error}");
            using var context = Create(OptionsOf(shop));
            await context.Database.MigrateAsync();
            Assert.That(await context.Database.GetPendingMigrationsAsync(), Is.Empty, point);
            Assert.That(shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(Rows), point);
            Assert.That(shop.Scalar<long>("SELECT count(*) FROM order_lines"), Is.EqualTo(Rows), point);
            Assert.That(shop.Column("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }), point);
            Assert.That(File.Exists(shop.Journal), Is.False, point);
        }
    }

    private async Task<IReadOnlyList<string>> PointsAsync()
    {
        await Shop.CreateFirstReleaseAsync(Rows);
        var exit = Run(Shop, "");
        Assert.That(exit.Code, Is.Zero, exit.Error);
        return [.. exit.Points.Select(point => point.Split(' ')[0])];
    }

    private static HostExit Run(Shop shop, string killAt)
    {
        using var process = HostProcess.Start("guarded", shop.Folder, killAt);
        return process.WaitForExit();
    }

    private static DbContextOptionsBuilder<ShopContext> OptionsOf(Shop shop) =>
        new DbContextOptionsBuilder<ShopContext>()
            .UseSqlite($"Data Source={shop.PathOf("shop")}")
            .UseGuardedMigrations();
}
