namespace RagStudio.Data.Migrator.Sqlite.Tests.Status;

public sealed class StatusTests : ShopTest
{
    [Test]
    public async Task GetStatusAsync_of_an_empty_folder_says_empty_and_creates_nothing()
    {
        var status = await Shop.Manager<ShopContext>().GetStatusAsync();

        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.Empty));
        Assert.That(status.Databases.Single().Pending, Has.Count.EqualTo(4));
        Assert.That(Directory.GetFileSystemEntries(Shop.Folder), Is.Empty);
    }

    [Test]
    public async Task GetStatusAsync_says_pending_and_what()
    {
        await Shop.CreateFirstReleaseAsync(orders: 1);
        var before = Shop.Files();

        var status = await Shop.Manager<ShopContext>().GetStatusAsync();

        Assert.Multiple(() =>
        {
            Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.Pending));
            Assert.That(status.Databases.Single().CurrentVersion, Is.EqualTo(CreateOrders.Version));
            Assert.That(status.Databases.Single().Applied, Is.EqualTo(new[] { CreateOrders.Version }));
            Assert.That(
                status.Databases.Single().Pending,
                Is.EqualTo(new[] { IndexOrders.Version, RequireCustomer.Version, TrimCustomers.Version })
            );
            Assert.That(status.LastMigrationTime, Is.Not.Null);
            Assert.That(status.History.Single().Version, Is.EqualTo(CreateOrders.Version));
            Assert.That(Shop.Files(), Is.EqualTo(before));
        });
    }

    [Test]
    public async Task GetStatusAsync_says_upToDate_after_a_migration()
    {
        await Shop.Manager<ShopContext>().MigrateAsync();

        Assert.That(
            (await Shop.Manager<ShopContext>().GetStatusAsync()).Verdict,
            Is.EqualTo(MigrationVerdict.UpToDate)
        );
    }

    [Test]
    public async Task A_database_of_a_newer_program_is_refused_with_the_backup_that_this_one_can_open()
    {
        await Shop.CreateFirstReleaseAsync(orders: 10);
        var summary = await Shop.Manager<ShopContext>().MigrateAsync();
        var before = Shop.Dump();
        var old = Shop.Manager<FirstShopContext>();

        var failure = Assert.ThrowsAsync<DatabaseNewerException>(() => old.MigrateAsync());

        Assert.Multiple(() =>
        {
            Assert.That(
                failure!.UnknownVersions,
                Is.EqualTo(new[] { IndexOrders.Version, RequireCustomer.Version, TrimCustomers.Version })
            );
            Assert.That(failure.UsableBackupId, Is.EqualTo(summary.BackupId));
            Assert.That(failure.Message, Does.Contain(TrimCustomers.Version).And.Contain(summary.BackupId));
            Assert.That(Shop.Dump(), Is.EqualTo(before));
        });
        Assert.That((await old.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.Newer));
    }

    [Test]
    public async Task An_out_of_order_migration_is_refused_by_name_unless_it_is_allowed()
    {
        await Shop.CreateFirstReleaseAsync(orders: 1);
        Shop.Execute($"INSERT INTO __EFMigrationsHistory VALUES ('{TrimCustomers.Version}', '10.0.15')");
        var before = Shop.Dump();

        var failure = Assert.ThrowsAsync<PlanRefusedException>(() => Shop.Manager<ShopContext>().MigrateAsync());

        Assert.That(failure!.Versions, Is.EqualTo(new[] { IndexOrders.Version, RequireCustomer.Version }));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
        Assert.That(
            (await Shop.Manager<ShopContext>().GetStatusAsync()).Verdict,
            Is.EqualTo(MigrationVerdict.OutOfOrder)
        );

        var summary = await Shop.Manager<ShopContext>(o => o.AllowOutOfOrder = true).MigrateAsync();

        Assert.That(
            summary.Databases.Single().Migrations.Select(migration => migration.Version),
            Is.EqualTo(new[] { IndexOrders.Version, RequireCustomer.Version })
        );
    }

    [Test]
    public async Task GetHistoryAsync_limits_to_the_newest()
    {
        await Shop.Manager<ShopContext, ShopContext>().MigrateAsync();

        var history = await Shop.Manager<ShopContext, ShopContext>().GetHistoryAsync(limit: 3);

        Assert.That(
            history.Select(r => r.Database),
            Is.All.EqualTo("archive"),
            "the second database was migrated last"
        );
        Assert.That(history[0].Version, Is.EqualTo(TrimCustomers.Version));
        Assert.That(history, Has.Count.EqualTo(3));
    }
}
