using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Guarded;

/// <summary>Targets as passed by <c>dotnet ef database update TARGET</c>.</summary>
public sealed class GuardedTargetTests : GuardedShopTest
{
    [TestCase(IndexOrders.Version)]
    [TestCase("IndexOrders")]
    public async Task MigrateAsync_to_a_newer_version_applies_what_is_pending_up_to_it(string target)
    {
        await Shop.CreateFirstReleaseAsync(orders: 7);
        using var context = Guarded<RevertibleShopContext>();

        await context.Database.MigrateAsync(target);

        Assert.That(Applied(), Is.EqualTo(new[] { CreateOrders.Version, IndexOrders.Version }));
        Assert.That(Orders(), Is.EqualTo(7));
        Assert.That(await Shop.Manager<RevertibleShopContext>().Backups.ListAsync(), Has.Count.EqualTo(1));
    }

    [TestCase(IndexOrders.Version)]
    [TestCase("IndexOrders")]
    public async Task Migrate_to_an_older_version_reverts_what_is_newer_and_keeps_the_rows(string target)
    {
        await Shop.CreateFirstReleaseAsync(orders: 7);
        using var context = Guarded<RevertibleShopContext>();
        await context.Database.MigrateAsync();

        context.Database.Migrate(target);

        Assert.That(Applied(), Is.EqualTo(new[] { CreateOrders.Version, IndexOrders.Version }));
        Assert.That(Orders(), Is.EqualTo(7));
        var history = await Shop.Manager<RevertibleShopContext>().GetHistoryAsync(limit: 1);
        Assert.That(history[0].Event, Is.EqualTo(MigrationEvent.Reverted));
    }

    [Test]
    public async Task MigrateAsync_to_0_reverts_everything_after_a_backup()
    {
        await Shop.CreateFirstReleaseAsync(orders: 7);
        using var context = Guarded<RevertibleShopContext>();

        await context.Database.MigrateAsync("0");

        Assert.That(Applied(), Is.Empty);
        var backup = (await Shop.Manager<RevertibleShopContext>().Backups.VerifyAsync()).Single();
        Assert.That(backup.Faults, Is.Empty);
        Assert.That(backup.Backup.Databases.Single().MigrationId, Is.EqualTo(CreateOrders.Version));
    }

    [Test]
    public async Task MigrateAsync_to_an_unknown_version_changes_nothing()
    {
        await Shop.CreateFirstReleaseAsync(orders: 7);
        var before = Shop.Dump();
        using var context = Guarded<RevertibleShopContext>();

        var failure = Assert.ThrowsAsync<InvalidVersionException>(() => context.Database.MigrateAsync("Nowhere"));

        Assert.That(failure.Version, Is.EqualTo("Nowhere"));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }

    [Test]
    public async Task MigrateAsync_back_is_refused_without_a_way_back()
    {
        using var context = Guarded<ShopContext>();
        await context.Database.MigrateAsync();
        var before = Shop.Dump();

        Assert.ThrowsAsync<RollbackNotSupportedException>(() => context.Database.MigrateAsync(RequireCustomer.Version));

        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }
}
