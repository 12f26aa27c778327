using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Validate;

/// <summary>Runs on, and states of, databases whose schema was changed by hand.</summary>
public sealed class DriftTests : ShopTest
{
    private const string DropIndex = "DROP INDEX IX_orders_customer";

    [Test]
    public async Task GetStatusAsync_tells_drift_and_writes_nothing()
    {
        await Shop.Manager<ShopContext>().MigrateAsync();
        Shop.Execute(DropIndex);
        var before = Shop.Files();

        var status = await Shop.Manager<ShopContext>().GetStatusAsync();

        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.Drifted));
        Assert.That(
            status.Databases.Single().Drift,
            Is.EqualTo(new[] { "The index 'IX_orders_customer' of 'orders' is missing: (customer)." })
        );
        Assert.That(Shop.Files(), Is.EqualTo(before));
    }

    [Test]
    public async Task GetStatusAsync_finds_the_same_in_what_EF_itself_has_migrated()
    {
        var options = new DbContextOptionsBuilder<ShopContext>().UseSqlite(
            $"Data Source={Shop.PathOf("shop")};Pooling=False"
        );
        await using (var context = new ShopContext(options.Options))
        {
            await context.Database.MigrateAsync();
        }
        Assert.That(
            (await Shop.Manager<ShopContext>().GetStatusAsync()).Verdict,
            Is.EqualTo(MigrationVerdict.UpToDate)
        );

        Shop.Execute(DropIndex);

        Assert.That((await Shop.Manager<ShopContext>().GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.Drifted));
    }

    [Test]
    public async Task GetStatusAsync_is_as_before_when_the_change_is_taken_back()
    {
        await Shop.Manager<ShopContext>().MigrateAsync();
        Shop.Execute(DropIndex + "; CREATE INDEX ix_orders_customer ON Orders ([customer] ASC) /* by hand */");

        Assert.That(
            (await Shop.Manager<ShopContext>().GetStatusAsync()).Verdict,
            Is.EqualTo(MigrationVerdict.UpToDate)
        );
    }

    [Test]
    public async Task GetStatusAsync_replays_nothing_after_a_run_but_does_when_the_schema_has_changed()
    {
        await Shop.CreateFirstReleaseAsync(orders: 1);
        var replays = 0;
        var manager = Manager<ShopContext>(TrimCustomers.Version, context => replays += context.IsReplay ? 1 : 0);
        await manager.MigrateAsync();
        Assert.That(replays, Is.EqualTo(1), "the validation of the run");

        // None of them knows what another has replayed.
        await Manager<ShopContext>(TrimCustomers.Version, _ => replays++).GetStatusAsync();
        Assert.That(replays, Is.EqualTo(1), "the status");

        Shop.Execute("CREATE VIEW mine AS SELECT 1");
        await Manager<ShopContext>(TrimCustomers.Version, _ => replays++).GetStatusAsync();
        Assert.That(replays, Is.EqualTo(2), "the status of another schema");
    }

    [Test]
    public async Task Drift_from_before_a_run_is_a_warning_and_stays_drift()
    {
        await Shop.Manager<RevertibleShopContext>().MigrateAsync();
        Shop.Execute(DropIndex);

        var summary = await Shop.Manager<ShopContext>().MigrateAsync();

        var warning = summary
            .Reports.Single()
            .Warnings.Single(found => found.Kind == ValidationWarningKind.ExistingDamage);
        Assert.Multiple(() =>
        {
            Assert.That(summary.Success);
            Assert.That(warning.Detail, Does.Contain("IX_orders_customer"));
        });
        Assert.That((await Shop.Manager<ShopContext>().GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.Drifted));
    }

    [Test]
    public async Task Drift_that_a_run_makes_fails_it_and_is_undone()
    {
        await Shop.Manager<RevertibleShopContext>().MigrateAsync();
        Shop.Execute("INSERT INTO orders (customer) VALUES (' mine ')");
        var before = Shop.Dump();
        var manager = Manager<ShopContext>(
            TrimCustomers.Version,
            context =>
            {
                if (!context.IsReplay)
                {
                    using var drop = new SqliteCommand(
                        DropIndex,
                        (SqliteConnection)context.Connection,
                        (SqliteTransaction)context.Transaction
                    );
                    drop.ExecuteNonQuery();
                }
            }
        );

        var failure = Assert.ThrowsAsync<ValidationFailedException>(() => manager.MigrateAsync());

        Assert.That(
            failure!.Reports.Single().Errors.Select(error => (error.Kind, error.Table, error.Id)),
            Is.EqualTo(new[] { (ValidationErrorKind.SchemaMismatch, "orders", "IX_orders_customer") })
        );
        Assert.That(Shop.Dump(), Is.EqualTo(before));
        Assert.That((await Shop.Manager<ShopContext>().GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.Pending));
    }

    [Test]
    public async Task Reverted_and_restored_databases_have_not_drifted()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        var summary = await Shop.Manager<RevertibleShopContext>().MigrateAsync();

        await Shop.Manager<RevertibleShopContext>().RollbackToVersionAsync(IndexOrders.Version);
        var reverted = await Shop.Manager<RevertibleShopContext>().GetStatusAsync();
        await Shop.Manager<RevertibleShopContext>().RestoreAsync(summary.BackupId!);
        var restored = await Shop.Manager<RevertibleShopContext>().GetStatusAsync();

        Assert.That(reverted.Verdict, Is.EqualTo(MigrationVerdict.Pending));
        Assert.That(reverted.Databases.Concat(restored.Databases).SelectMany(database => database.Drift), Is.Empty);
        Assert.That(restored.Databases.Single().Applied, Is.EqualTo(new[] { CreateOrders.Version }));
    }

    [Test]
    public async Task A_backup_of_what_the_migrator_remembers_is_good()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM __migrator_schema"), Is.EqualTo(1));

        await Shop.Manager<ShopContext>().MigrateAsync();

        var backups = await Shop.Manager<ShopContext>().Backups.VerifyAsync();
        Assert.That(backups.SelectMany(backup => backup.Faults), Is.Empty);
        Assert.That(backups.Single().Backup.Databases.Single().Rows!["__migrator_schema"], Is.EqualTo(1));
    }

    private IMigrationManager Manager<TContext>(string version, Action<MigrationCodeContext> act)
        where TContext : DbContext =>
        Shop.Manager(
            null,
            migrator =>
                migrator
                    .AddSqliteDatabase<TContext>("shop", $"Data Source={Shop.PathOf("shop")}")
                    .AddCode("shop", version, CodeMoment.After, _ => new OurCode(act))
        );

    private sealed class OurCode(Action<MigrationCodeContext> act) : IMigrationCode
    {
        public string Name => "ours";

        public Task RunAsync(MigrationCodeContext context, CancellationToken cancellationToken)
        {
            act(context);
            return Task.CompletedTask;
        }
    }
}
