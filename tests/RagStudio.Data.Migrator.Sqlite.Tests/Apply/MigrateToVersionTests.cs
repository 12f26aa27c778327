namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply;

[TestFixture(false)]
[TestFixture(true)]
public sealed class MigrateToVersionTests(bool isCompiled) : ShopTest(isCompiled)
{
    [TestCase(IndexOrders.Version)]
    [TestCase("IndexOrders")]
    [TestCase("20250201000000")]
    public async Task MigrateToVersionAsync_applies_up_to_the_version_in_every_database(string version)
    {
        await Shop.CreateFirstReleaseAsync(orders: 5, "shop");
        var manager = Shop.Manager(ShopRelease.Revertible);

        var summary = await manager.MigrateToVersionAsync(version);

        Assert.That(summary.Success);
        Assert.That(Applied("shop"), Is.EqualTo(new[] { CreateOrders.Version, IndexOrders.Version }));
        Assert.That(Applied("archive"), Is.EqualTo(new[] { CreateOrders.Version, IndexOrders.Version }));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(5));
        var status = await manager.GetStatusAsync();
        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.Pending), "no drift is seen in a part of the way");
        await manager.MigrateAsync();
        Assert.That((await manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
    }

    [Test]
    public async Task MigrateToVersionAsync_where_the_databases_are_there_changes_nothing()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5, "shop");
        await Shop.CreateFirstReleaseAsync(orders: 5, "archive");
        var manager = Shop.Manager(ShopRelease.Revertible);

        var summary = await manager.MigrateToVersionAsync(CreateOrders.Version);

        Assert.That(summary.Databases.SelectMany(database => database.Migrations), Is.Empty);
        Assert.That(Applied("shop"), Is.EqualTo(new[] { CreateOrders.Version }));
        Assert.That(await manager.Backups.ListAsync(), Is.Empty);
    }

    [Test]
    public async Task MigrateToVersionAsync_never_reverts_what_is_newer()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5, "shop");
        var manager = Shop.Manager(ShopRelease.Revertible);
        await manager.MigrateAsync();
        var before = (Shop.Dump("shop"), Shop.Dump("archive"));

        var failure = Assert.ThrowsAsync<PlanRefusedException>(() =>
            manager.MigrateToVersionAsync(IndexOrders.Version)
        );

        Assert.That(failure.Versions, Is.EqualTo(new[] { RequireCustomer.Version }));
        Assert.That(failure.Message, Does.Contain("Roll back to that version instead"));
        Assert.That((Shop.Dump("shop"), Shop.Dump("archive")), Is.EqualTo(before));
    }

    [Test]
    public async Task MigrateToVersionAsync_out_of_order_reverts_nothing_where_that_is_allowed()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        Shop.Execute($"INSERT INTO __EFMigrationsHistory VALUES ('{RequireCustomer.Version}', '10.0.0')");
        var manager = Shop.Manager<ShopContext>(options => options.AllowOutOfOrder = true);

        await manager.MigrateToVersionAsync(RequireCustomer.Version);

        Assert.That(
            Applied("shop"),
            Is.EqualTo(new[] { CreateOrders.Version, IndexOrders.Version, RequireCustomer.Version })
        );
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(5));
    }

    [Test]
    public async Task MigrateToVersionAsync_rehearses_no_more_than_it_applies()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var manager = Shop.Manager<FailingShopContext>(options =>
            options.RehearseBeforeMigrate = RehearsalPolicy.Always
        );

        await manager.MigrateToVersionAsync(FailingIndexOrders.Version);

        Assert.That(Applied("shop"), Is.EqualTo(new[] { CreateOrders.Version, IndexOrders.Version }));
    }

    [Test]
    public async Task MigrateToVersionAsync_to_no_known_version_changes_nothing()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var before = Shop.Dump();

        Assert.ThrowsAsync<InvalidVersionException>(() => Shop.Manager<ShopContext>().MigrateToVersionAsync("Nowhere"));

        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }

    private IReadOnlyList<string> Applied(string database) =>
        Shop.Column("SELECT MigrationId FROM __EFMigrationsHistory ORDER BY 1", database);
}
