using Microsoft.EntityFrameworkCore;
using RagStudio.Data.CrashHost;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Guarded;

public sealed class GuardedMigrateTests : GuardedShopTest
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task Migrate_backs_up_migrates_and_writes_the_history(bool isAsync)
    {
        await Shop.CreateFirstReleaseAsync(orders: 20);
        using var context = Guarded<ShopContext>();

        await MigrateAsync(context, isAsync);

        Assert.That(Applied(), Is.EqualTo(context.Database.GetMigrations()));
        Assert.That(Orders(), Is.EqualTo(20));
        var manager = Shop.Manager<ShopContext>();
        var backup = (await manager.Backups.VerifyAsync()).Single();
        Assert.That(backup.Faults, Is.Empty);
        Assert.That(backup.Backup.Databases.Single().Name, Is.EqualTo("ShopContext"), "after the class");
        Assert.That(backup.Backup.Databases.Single().MigrationId, Is.EqualTo(CreateOrders.Version));
        var history = await manager.GetHistoryAsync();
        Assert.That(history.Select(record => record.Version), Is.EqualTo(Applied().Reverse()));
        Assert.That((await manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        Assert.That(File.Exists(Shop.Journal), Is.False);
    }

    [Test]
    public async Task MigrateAsync_creates_the_database()
    {
        using var context = Guarded<ShopContext>();

        await context.Database.MigrateAsync();

        Assert.That(Applied(), Is.EqualTo(context.Database.GetMigrations()));
        Assert.That(Shop.Scalar<string>("PRAGMA journal_mode"), Is.EqualTo("wal"), "as EF creates it");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Migrate_restores_everything_when_a_migration_fails_and_says_what_became_of_the_data(bool isAsync)
    {
        await Shop.CreateFirstReleaseAsync(orders: 20);
        var before = Shop.Dump();
        using var context = Guarded<FailingShopContext>();

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => MigrateAsync(context, isAsync));

        Assert.That(failure.Version, Is.EqualTo(FailingRequireCustomer.Version));
        Assert.That(failure.DataState, Is.EqualTo(DataState.Restored));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
        Assert.That(context.Database.GetAppliedMigrations(), Is.EqualTo(new[] { CreateOrders.Version }), "usable");
    }

    [Test]
    public async Task MigrateAsync_ends_an_endless_statement_within_its_time()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var before = Shop.Dump();
        using var context = Guarded<EndlessShopContext>(options =>
            options.MigrationTimeout = TimeSpan.FromMilliseconds(200)
        );

        Assert.ThrowsAsync<MigrationTimeoutException>(() => context.Database.MigrateAsync());

        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }

    [Test]
    public async Task MigrateAsync_is_ended_by_its_token_within_a_statement()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var before = Shop.Dump();
        using var context = Guarded<EndlessShopContext>();
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        Assert.CatchAsync<OperationCanceledException>(() => context.Database.MigrateAsync(source.Token));

        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Migrate_does_not_hang_on_an_orphaned_lock_of_EF(bool hasPending)
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        Shop.Execute(
            """
            CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2025-01-01');
            """
        );
        using DbContext context = hasPending ? Guarded<ShopContext>() : Guarded<FirstShopContext>();

        await context.Database.MigrateAsync().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.That(Applied(), Is.EqualTo(context.Database.GetMigrations()));
    }

    [Test]
    public async Task MigrateAsync_with_nothing_pending_writes_nothing()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var before = Shop.Files();
        using var context = Guarded<FirstShopContext>();

        await context.Database.MigrateAsync();

        Assert.That(Shop.Files(), Is.EqualTo(before));
    }

    [Test]
    public async Task MigrateAsync_refuses_a_newer_database_and_leaves_it_alone()
    {
        await Shop.Manager<ShopContext>().MigrateAsync();
        var before = Shop.Dump();
        using var context = Guarded<FirstShopContext>();

        Assert.ThrowsAsync<DatabaseNewerException>(() => context.Database.MigrateAsync());

        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }

    [Test]
    public async Task MigrateAsync_refuses_what_a_dead_run_of_a_larger_set_has_left()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5, "shop");
        await Shop.CreateFirstReleaseAsync(orders: 5, "archive");
        HostProcess.Run(new HostCommand(Shop.Folder, RunActivity.Migrate, ShopRelease.Final, KillAt: "Apply:11"));
        var before = Shop.Dump();
        using var context = Guarded<ShopContext>();

        var failure = Assert.ThrowsAsync<RecoveryFailedException>(() => context.Database.MigrateAsync());

        Assert.That(failure.JournalPath, Is.EqualTo(Shop.Journal));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
        await Shop.Manager(ShopRelease.Final).MigrateAsync();
        Assert.DoesNotThrowAsync(() => context.Database.MigrateAsync());
    }

    [Test]
    public async Task A_program_with_a_part_of_the_set_is_not_up_to_date_beside_a_dead_run_of_the_whole_set()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5, "shop");
        await Shop.CreateFirstReleaseAsync(orders: 5, "archive");
        HostProcess.Run(new HostCommand(Shop.Folder, RunActivity.Migrate, ShopRelease.Final, KillAt: "Apply:3"));
        Assert.That(File.Exists(Shop.Journal));
        using var archive = Create(
            new DbContextOptionsBuilder<FirstShopContext>()
                .UseSqlite($"Data Source={Shop.PathOf("archive")}")
                .UseGuardedMigrations()
        );

        var failure = Assert.ThrowsAsync<RecoveryFailedException>(() => archive.Database.MigrateAsync());

        Assert.That(failure.JournalPath, Is.EqualTo(Shop.Journal));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders", "archive"), Is.EqualTo(5));
    }

    private static async Task MigrateAsync(DbContext context, bool isAsync)
    {
        if (isAsync)
        {
            await context.Database.MigrateAsync();
        }
        else
        {
            context.Database.Migrate();
        }
    }
}
