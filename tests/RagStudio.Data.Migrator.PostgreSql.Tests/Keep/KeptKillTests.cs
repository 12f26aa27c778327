using RagStudio.Data.PostgreSql.CrashHost;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>A program that is killed while what was kept comes back, or is removed.</summary>
public sealed class KeptKillTests
{
    private const string Before = RagStudio.Data.PostgreSql.CrashHost.CreateOrders.Version;

    [TestCase("UPDATE __migrator_kept.keepsakes SET returned_at", true)]
    [TestCase("COMMIT", false)]
    public async Task A_kill_leaves_everything_kept_or_everything_returned(string statement, bool isBefore)
    {
        await using var shop = await DroppedAsync();
        await using var proxy = new CuttingProxy(shop.Database.Server);
        var at = Interrupt(proxy, statement, "UPDATE __migrator_kept.keepsakes SET returned_at", isBefore);
        using var host = await HostProcess.StartRollbackAsync(Before, proxy.Through(shop.Database.ConnectionString));
        await at.HappenedAsync();
        if (!isBefore)
        {
            await Condition.HoldsAsync(
                "it is committed",
                async () => await shop.CountAsync("pg_class WHERE relname = 'orders'") == 1
            );
        }

        await host.KillAsync();
        await proxy.ResetAsync();

        Assert.That(await shop.CountAsync("pg_class WHERE relname = 'orders'"), Is.EqualTo(isBefore ? 0 : 1));
        Assert.That(
            await shop.CountAsync("__migrator_kept.keepsakes WHERE returned_at IS NULL"),
            Is.EqualTo(isBefore ? 1 : 0)
        );
        await Manager(shop).RollbackToVersionAsync(Before);
        Assert.That(await shop.CountAsync("orders WHERE name = 'order ' || id"), Is.EqualTo(HostRelease.Orders));
    }

    [TestCase("DELETE FROM __migrator_kept.keepsakes", true)]
    [TestCase("COMMIT", false)]
    public async Task A_kill_removes_old_keepsakes_or_leaves_them_whole(string statement, bool isBefore)
    {
        await using var shop = await DroppedAsync();
        for (var round = 0; round < 2; round++)
        {
            await Manager(shop).RollbackToVersionAsync(Before);
            await Manager(shop).MigrateAsync();
        }
        await using var proxy = new CuttingProxy(shop.Database.Server);
        var at = Interrupt(proxy, statement, "DELETE FROM __migrator_kept.keepsakes", isBefore);
        using var host = await HostProcess.StartPruneAsync(proxy.Through(shop.Database.ConnectionString));
        await at.HappenedAsync();
        if (!isBefore)
        {
            await Condition.HoldsAsync(
                "it is committed",
                async () => await shop.CountAsync("__migrator_kept.keepsakes") == 2
            );
        }

        await host.KillAsync();
        await proxy.ResetAsync();

        await DemandWholeAsync(shop, isBefore ? 3 : 2);
        var few = Manager(shop, keep: 1);
        Assert.That(await few.Backups.PruneAsync(), Has.Count.EqualTo(isBefore ? 1 : 0));
        await DemandWholeAsync(shop, 2);
        await Manager(shop).RollbackToVersionAsync(Before);
        Assert.That(await shop.CountAsync("orders WHERE name = 'order ' || id"), Is.EqualTo(HostRelease.Orders));
    }

    private static async Task DemandWholeAsync(ShopDatabase shop, int sets)
    {
        var verified = await Manager(shop).Backups.VerifyAsync();
        Assert.That(verified, Has.Count.EqualTo(sets));
        Assert.That(verified.SelectMany(set => set.Faults), Is.Empty);
        Assert.That(
            await shop.CountAsync("pg_class WHERE relname LIKE 'kept\\_%' AND relkind = 'r'"),
            Is.EqualTo(sets)
        );
    }

    /// <summary>Interrupts a statement; the COMMIT is the one after what must be committed.</summary>
    private static Interruption Interrupt(CuttingProxy proxy, string statement, string committed, bool isBefore)
    {
        var isReached = false;
        return proxy.On(
            text =>
            {
                isReached |= text.Contains(committed, StringComparison.Ordinal);
                return statement == "COMMIT"
                    ? isReached && CuttingProxy.IsCommit(text)
                    : text.Contains(statement, StringComparison.Ordinal);
            },
            isBefore ? Fault.Hold : Fault.HalfOpenAfterForwarding
        );
    }

    private static async Task<ShopDatabase> DroppedAsync()
    {
        var shop = await ShopDatabase.CreateAsync();
        await Manager(shop).MigrateToVersionAsync(Before);
        await Manager(shop).MigrateAsync();
        return shop;
    }

    private static IMigrationManager Manager(ShopDatabase shop, int keep = 5) =>
        shop.Manager(
            migrator => HostRelease.Add(migrator, HostRelease.Gone, [shop.Database.ConnectionString]),
            options => (options.AllowDestructive, options.BackupsToKeep) = (true, keep)
        );
}
