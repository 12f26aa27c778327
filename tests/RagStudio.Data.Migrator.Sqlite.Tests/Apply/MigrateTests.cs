using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply;

[TestFixture(false)]
[TestFixture(true)]
public sealed class MigrateTests(bool isCompiled) : ShopTest(isCompiled)
{
    [Test]
    public void A_context_without_migrations_is_refused_and_makes_no_database()
    {
        Assert.ThrowsAsync<NoMigrationsException>(() => Shop.Manager<UnmigratedContext>().MigrateAsync());

        Assert.That(File.Exists(Shop.PathOf("shop")), Is.False);
    }

    [Test]
    public async Task MigrateAsync_creates_a_new_database_and_tells_what_it_did()
    {
        var summary = await Shop.Manager<ShopContext>().MigrateAsync();

        Assert.Multiple(() =>
        {
            Assert.That(summary.Success);
            Assert.That(summary.BackupId, Is.Null, "there was nothing to back up");
            Assert.That(
                summary.Databases.Single().Migrations.Select(m => (m.Version, m.Kind)),
                Is.EqualTo(
                    new[]
                    {
                        (CreateOrders.Version, MigrationKind.Schema),
                        (IndexOrders.Version, MigrationKind.Index),
                        (RequireCustomer.Version, MigrationKind.Schema),
                        (TrimCustomers.Version, MigrationKind.Data),
                    }
                )
            );
            Assert.That(
                summary.Databases.Single().Migrations.Select(m => m.Duration),
                Is.All.GreaterThan(TimeSpan.Zero)
            );
            Assert.That(Shop.Column("SELECT MigrationId FROM __EFMigrationsHistory"), Has.Count.EqualTo(4));
        });
    }

    [Test]
    public async Task MigrateAsync_writes_nothing_when_nothing_is_pending()
    {
        await Shop.Manager<ShopContext>().MigrateAsync();
        var before = Shop.Files();

        var summary = await Shop.Manager<ShopContext>().MigrateAsync();

        Assert.That(summary.Databases.Single().Migrations, Is.Empty);
        Assert.That(summary.Success);
        Assert.That(Shop.Files(), Is.EqualTo(before));
    }

    [Test]
    public async Task MigrateAsync_keeps_every_row_through_a_rebuild_of_a_table_that_others_refer_to()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3000);

        var summary = await Shop.Manager<ShopContext>().MigrateAsync();

        Assert.Multiple(() =>
        {
            Assert.That(summary.BackupId, Is.Not.Null);
            Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(3000));
            Assert.That(Shop.Scalar<long>("SELECT count(*) FROM order_lines"), Is.EqualTo(3000));
            Assert.That(Shop.Scalar<string>("SELECT customer FROM orders WHERE id = 7"), Is.EqualTo("customer 7"));
            Assert.That(
                Shop.Scalar<long>("SELECT \"notnull\" FROM pragma_table_info('orders') WHERE name = 'customer'"),
                Is.EqualTo(1)
            );
            Assert.That(Shop.Scalar<long>("SELECT count(*) FROM pragma_foreign_key_check"), Is.Zero);
        });
    }

    [Test]
    public async Task MigrateAsync_records_each_migration_with_checksum_and_rollback_sql()
    {
        await Shop.Manager<ShopContext>().MigrateAsync();

        var history = await Shop.Manager<ShopContext>().GetHistoryAsync();

        Assert.Multiple(() =>
        {
            Assert.That(
                history.Select(record => record.Version),
                Is.EqualTo(
                    new[] { TrimCustomers.Version, RequireCustomer.Version, IndexOrders.Version, CreateOrders.Version }
                )
            );
            Assert.That(history.Select(record => record.Event), Is.All.EqualTo(MigrationEvent.Applied));
            Assert.That(history.Select(record => record.Checksum), Is.Unique.And.All.Match("^[0-9a-f]{64}$"));
            Assert.That(history[^1].RollbackSql, Does.Contain("DROP TABLE \"order_lines\""));
            Assert.That(history[0].RollbackSql, Is.Null, "its Down is empty");
            Assert.That(history.Select(record => record.RunId).Distinct().Count(), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task MigrateAsync_leaves_no_trace_of_a_failed_rebuild_and_succeeds_once_its_cause_is_gone()
    {
        await Shop.CreateFirstReleaseAsync(orders: 100);
        var before = Shop.Dump();
        var manager = Shop.Manager<FailingShopContext>();

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => manager.MigrateAsync());

        Assert.That(failure!.Version, Is.EqualTo(RequireCustomer.Version));
        Assert.That(failure.DataState, Is.EqualTo(DataState.Restored));
        Assert.That(failure.Message, Does.Contain("cause_is_gone").And.Contain("as it was before"));
        Assert.That(Shop.Dump(), Is.EqualTo(before));

        Shop.Execute("CREATE TABLE cause_is_gone (id INTEGER)");
        var summary = await manager.MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(100));
    }

    [Test]
    public async Task MigrateAsync_leaves_no_trace_of_a_failed_rebuild_without_the_backup_too()
    {
        await Shop.CreateFirstReleaseAsync(orders: 10);
        var manager = Shop.Manager<FailingShopContext>(options => options.BackupBeforeMigration = false);

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => manager.MigrateAsync());

        Assert.Multiple(() =>
        {
            Assert.That(failure!.DataState, Is.EqualTo(DataState.NeedsAttention));
            Assert.That(Shop.Column("SELECT name FROM sqlite_master WHERE name LIKE 'ef_temp%'"), Is.Empty);
            Assert.That(
                Shop.Column("SELECT MigrationId FROM __EFMigrationsHistory"),
                Is.EqualTo(new[] { CreateOrders.Version, IndexOrders.Version }),
                "the failed one is undone by its own transaction, those before it stay"
            );
        });
    }

    [Test]
    public async Task MigrateAsync_refuses_a_rebuild_that_leaves_orphans()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var before = Shop.Dump();

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() =>
            Shop.Manager<OrphaningShopContext>().MigrateAsync()
        );

        Assert.That(failure!.Message, Does.Contain("1 row(s) of 'order_lines'").And.Contain("'orders'"));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }

    [Test]
    public async Task MigrateAsync_does_not_hold_old_orphans_against_a_migration()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        Shop.Execute("PRAGMA foreign_keys = OFF; DELETE FROM orders WHERE id = 3");

        var summary = await Shop.Manager<ShopContext>().MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM pragma_foreign_key_check"), Is.EqualTo(1));
    }

    [Test]
    public async Task MigrateAsync_stops_a_statement_that_never_ends()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var before = Shop.Dump();
        var manager = Shop.Manager<EndlessShopContext>(o => o.MigrationTimeout = TimeSpan.FromMilliseconds(200));

        var failure = Assert.ThrowsAsync<MigrationTimeoutException>(() => manager.MigrateAsync());

        Assert.Multiple(() =>
        {
            Assert.That(failure!.Version, Is.EqualTo(EndlessCount.Version));
            Assert.That(failure.Limit, Is.EqualTo(TimeSpan.FromMilliseconds(200)));
            Assert.That(failure.Summary!.Databases.Single().Migrations.Single().Success, Is.False);
            Assert.That(Shop.Dump(), Is.EqualTo(before));
        });
    }

    [Test]
    public async Task MigrateAsync_ends_in_cancellation_with_the_data_as_before_when_its_token_is_cancelled()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var before = Shop.Dump();
        using var source = new CancellationTokenSource();
        var progress = new CancelWhen(source, step => step.Version == EndlessCount.Version);

        var failure = Assert.CatchAsync<OperationCanceledException>(() =>
            Shop.Manager<EndlessShopContext>().MigrateAsync(progress, source.Token)
        );

        Assert.That(failure!.Message, Does.Contain("as it was before"));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }

    [Test]
    public async Task MigrateAsync_clears_the_lock_row_that_a_killed_EF_left()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        Shop.Execute(
            """
            CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2025-01-01');
            """
        );
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        var summary = await Shop.Manager<ShopContext>().MigrateAsync(cancellationToken: patience.Token);

        Assert.That(summary.Success);
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM __EFMigrationsLock"), Is.Zero);
    }

    private sealed class CancelWhen(CancellationTokenSource source, Predicate<MigrationProgress> when)
        : IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value)
        {
            if (when(value))
            {
                source.Cancel();
            }
        }
    }

    private sealed class UnmigratedContext(DbContextOptions<UnmigratedContext> options) : DbContext(options);
}
