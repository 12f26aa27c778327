namespace RagStudio.Data.Migrator.Sqlite.Tests.RollBack;

[TestFixture(false)]
[TestFixture(true)]
public sealed class RollbackToVersionTests(bool isCompiled) : ShopTest(isCompiled)
{
    [TestCase(IndexOrders.Version)]
    [TestCase("IndexOrders")]
    [TestCase("20250201000000")]
    public async Task RollbackToVersionAsync_reverts_what_is_newer_and_keeps_the_rows(string version)
    {
        await Shop.CreateFirstReleaseAsync(orders: 500);
        var manager = Shop.Manager<RevertibleShopContext>();
        await manager.MigrateAsync();

        var summary = await manager.RollbackToVersionAsync(version);

        Assert.Multiple(() =>
        {
            Assert.That(summary.Success);
            Assert.That(summary.BackupId, Is.Not.Null);
            Assert.That(
                summary.Databases.Single().Migrations.Select(m => m.Version),
                Is.EqualTo(new[] { RequireCustomer.Version })
            );
            Assert.That(Applied(), Is.EqualTo(new[] { CreateOrders.Version, IndexOrders.Version }));
            Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(500));
            Assert.That(Shop.Scalar<long>("SELECT count(*) FROM order_lines"), Is.EqualTo(500), "no cascade ran");
            Assert.That(
                Shop.Scalar<long>("SELECT \"notnull\" FROM pragma_table_info('orders') WHERE name = 'customer'"),
                Is.Zero
            );
        });
        var history = await manager.GetHistoryAsync(limit: 1);
        Assert.That(history[0].Event, Is.EqualTo(MigrationEvent.Reverted));
        Assert.That(history[0].Version, Is.EqualTo(RequireCustomer.Version));

        Assert.That((await manager.MigrateAsync()).Success, "and up again");
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(500));
    }

    [Test]
    public async Task RollbackToVersionAsync_to_0_reverts_everything_and_up_again_works()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var manager = Shop.Manager<RevertibleShopContext>();
        await manager.MigrateAsync();

        var summary = await manager.RollbackToVersionAsync("0");

        Assert.That(
            summary.Databases.Single().Migrations.Select(m => m.Version),
            Is.EqualTo(new[] { RequireCustomer.Version, IndexOrders.Version, CreateOrders.Version })
        );
        Assert.That(Applied(), Is.Empty);
        Assert.That((await manager.MigrateAsync()).Databases.Single().Migrations, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task RollbackToVersionAsync_concerns_every_database_of_the_set()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5, "shop");
        await Shop.CreateFirstReleaseAsync(orders: 6, "archive");
        var manager = Shop.Manager<RevertibleShopContext, RevertibleShopContext>();
        await manager.MigrateAsync();

        await manager.RollbackToVersionAsync(CreateOrders.Version);

        Assert.That(Applied("shop"), Is.EqualTo(new[] { CreateOrders.Version }));
        Assert.That(Applied("archive"), Is.EqualTo(new[] { CreateOrders.Version }));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders", "archive"), Is.EqualTo(6));
    }

    [Test]
    public async Task RollbackToVersionAsync_is_refused_without_a_way_back_and_names_the_backup_that_fits()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var manager = Shop.Manager<ShopContext>();
        var backup = (await manager.MigrateAsync()).BackupId;
        var before = Shop.Dump();

        var failure = Assert.ThrowsAsync<RollbackNotSupportedException>(() =>
            manager.RollbackToVersionAsync(CreateOrders.Version)
        );

        Assert.Multiple(() =>
        {
            Assert.That(failure!.Versions, Is.EqualTo(new[] { TrimCustomers.Version }));
            Assert.That(failure.FittingBackupId, Is.EqualTo(backup));
            Assert.That(failure.Message, Does.Contain(backup!));
            Assert.That(Shop.Dump(), Is.EqualTo(before));
            Assert.That(Directory.GetDirectories(Shop.Backups), Has.Length.EqualTo(1), "no backup was made for it");
        });
    }

    [TestCase("20990101000000")]
    [TestCase("NoSuchMigration")]
    [TestCase("'; DROP TABLE orders; --")]
    public async Task RollbackToVersionAsync_refuses_a_version_that_does_not_exist(string version)
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var before = Shop.Dump();

        var failure = Assert.ThrowsAsync<InvalidVersionException>(() =>
            Shop.Manager<RevertibleShopContext>().RollbackToVersionAsync(version)
        );

        Assert.That(failure!.Version, Is.EqualTo(version));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }

    [Test]
    public async Task RollbackToVersionAsync_never_applies_what_is_pending_below()
    {
        await Shop.Manager<RevertibleShopContext>().MigrateAsync();
        Shop.Execute($"DELETE FROM __EFMigrationsHistory WHERE MigrationId = '{IndexOrders.Version}'");
        var before = Shop.Dump();

        var failure = Assert.ThrowsAsync<PlanRefusedException>(() =>
            Shop.Manager<RevertibleShopContext>().RollbackToVersionAsync(IndexOrders.Version)
        );

        Assert.That(failure!.Versions, Is.EqualTo(new[] { IndexOrders.Version }));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }

    private IReadOnlyList<string> Applied(string database = "shop") =>
        Shop.Column("SELECT MigrationId FROM __EFMigrationsHistory ORDER BY 1", database);
}
