namespace RagStudio.Data.Migrator.Sqlite.Tests.RollBack;

public sealed class SetTests : ShopTest
{
    [TestCase(1)]
    [TestCase(2)]
    public async Task A_failure_in_the_second_database_restores_the_first(int concurrent)
    {
        await Shop.CreateFirstReleaseAsync(orders: 50, "shop");
        await Shop.CreateFirstReleaseAsync(orders: 60, "archive");
        var before = (Shop.Dump("shop"), Shop.Dump("archive"));
        var manager = Shop.Manager<ShopContext, FailingShopContext>(o => o.MaxConcurrentMigrations = concurrent);

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => manager.MigrateAsync());

        Assert.That(failure!.Database, Is.EqualTo("archive"));
        Assert.That((Shop.Dump("shop"), Shop.Dump("archive")), Is.EqualTo(before));
    }

    [Test]
    public async Task A_failure_takes_a_new_database_away_again_and_restores_the_old_one()
    {
        await Shop.CreateFirstReleaseAsync(orders: 50, "archive");
        var before = Shop.Dump("archive");

        Assert.ThrowsAsync<MigrationFailedException>(() =>
            Shop.Manager<ShopContext, FailingShopContext>().MigrateAsync()
        );

        Assert.That(Shop.Dump("archive"), Is.EqualTo(before));
        Assert.That(
            Directory.GetFiles(Shop.Folder).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "archive.db", "archive.db.lock", "shop.db.lock" }),
            "no file of the new database is left"
        );
    }

    [Test]
    public async Task The_history_keeps_a_failed_attempt_with_its_reason()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        Assert.ThrowsAsync<MigrationFailedException>(() => Shop.Manager<FailingShopContext>().MigrateAsync());

        var history = await Shop.Manager<FailingShopContext>().GetHistoryAsync();

        Assert.Multiple(() =>
        {
            Assert.That(history[0].Event, Is.EqualTo(MigrationEvent.Failed));
            Assert.That(history[0].Version, Is.EqualTo(RequireCustomer.Version));
            Assert.That(history[0].Detail, Does.Contain("cause_is_gone"));
            Assert.That(history[1].Event, Is.EqualTo(MigrationEvent.Applied));
        });
    }

    [Test]
    public async Task Two_databases_in_one_file_migrate_and_roll_back_together()
    {
        IMigrationManager Manager<TSecond>()
            where TSecond : Microsoft.EntityFrameworkCore.DbContext =>
            Testing.Shop.Manager(
                null,
                migrator =>
                    migrator
                        .AddSqliteDatabase<NotesContext>("notes", $"Data Source={Shop.PathOf("shop")}")
                        .AddSqliteDatabase<TSecond>(
                            "shop",
                            $"Data Source={Shop.PathOf("shop")}",
                            options => options.MigrationsHistoryTable = "__EFMigrationsHistory_Shop"
                        )
            );
        await Manager<FirstShopContext>().MigrateAsync();
        Shop.Execute("INSERT INTO notes (text) VALUES ('kept'); INSERT INTO orders (id) VALUES (1)");
        var before = Shop.Dump();

        Assert.ThrowsAsync<MigrationFailedException>(() => Manager<FailingShopContext>().MigrateAsync());
        Assert.That(Shop.Dump(), Is.EqualTo(before));

        var summary = await Manager<ShopContext>().MigrateAsync();

        Assert.Multiple(() =>
        {
            Assert.That(summary.Databases.Select(d => d.Migrations.Count), Is.EqualTo(new[] { 0, 3 }));
            Assert.That(Shop.Scalar<string>("SELECT text FROM notes"), Is.EqualTo("kept"));
            Assert.That(Shop.Column("SELECT MigrationId FROM __EFMigrationsHistory"), Has.Count.EqualTo(1));
            Assert.That(Shop.Column("SELECT MigrationId FROM __EFMigrationsHistory_Shop"), Has.Count.EqualTo(4));
        });
        var backup = (await Manager<ShopContext>().Backups.ListAsync())[0];
        Assert.That(backup.Databases.Select(d => d.File).Distinct().Count(), Is.EqualTo(1), "one file, one copy");
    }
}
