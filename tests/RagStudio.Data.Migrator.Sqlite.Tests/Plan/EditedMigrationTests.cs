using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Plan;

public sealed class EditedMigrationTests : ShopTest
{
    private static readonly string[] Edited = [IndexOrders.Version];

    [Test]
    public async Task An_edited_migration_is_named_by_the_status_and_writes_nothing()
    {
        await Shop.Manager<ShopContext>().MigrateAsync();
        var files = Shop.Files();

        var status = await Shop.Manager<EditedShopContext>().GetStatusAsync();

        Assert.Multiple(() =>
        {
            Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.Drifted));
            Assert.That(status.Databases.Single().Drift.Single(), Does.Contain(IndexOrders.Version));
            Assert.That(status.Databases.Single().Pending, Is.Empty);
            Assert.That(Shop.Files(), Is.EqualTo(files));
        });
    }

    [Test]
    public async Task A_checksum_of_a_build_that_wrote_no_hashes_is_not_compared()
    {
        await Shop.Manager<ShopContext>().MigrateAsync();
        Shop.Execute(
            "UPDATE __migrator_history SET checksum = 'of another algorithm'; ALTER TABLE __migrator_history DROP COLUMN hash"
        );

        var status = await Shop.Manager<ShopContext>().GetStatusAsync();

        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        Assert.That(status.Databases.Single().Drift, Is.Empty);
    }

    [Test]
    public async Task A_release_whose_migrations_nobody_edited_has_not_drifted()
    {
        await Shop.Manager<RevertibleShopContext>().MigrateAsync();
        var status = await Shop.Manager<ShopContext>().GetStatusAsync();

        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.Pending));
        Assert.That(status.Databases.Single().Drift, Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task MigrateAsync_refuses_an_edited_migration_and_changes_nothing(bool isAnythingPending)
    {
        await MigrateAsync(isAnythingPending);
        var (dump, history) = (Shop.Dump(), History());
        var manager = Shop.Manager<EditedShopContext>();

        var failure = Assert.ThrowsAsync<MigrationDriftedException>(() => manager.MigrateAsync());

        Assert.Multiple(() =>
        {
            Assert.That(failure!.Database, Is.EqualTo("shop"));
            Assert.That(failure.Versions, Is.EqualTo(Edited));
            Assert.That(failure.DataState, Is.EqualTo(DataState.Unchanged));
            Assert.That(failure.Message, Does.Contain(IndexOrders.Version).And.Contain("Nothing was changed."));
            Assert.That(Shop.Dump(), Is.EqualTo(dump));
            Assert.That(History(), Is.EqualTo(history));
            Assert.That(Directory.Exists(Shop.Backups), Is.False);
        });
    }

    [TestCase(IndexOrders.Version)]
    [TestCase("20250201000000")]
    [TestCase("indexorders")]
    public async Task AcceptAsync_records_the_reason_and_lets_the_program_migrate(string version)
    {
        await MigrateAsync(isAnythingPending: true);
        var dump = Shop.Dump();
        var manager = Shop.Manager<EditedShopContext>();

        var summary = await manager.AcceptAsync(version, "No order was without a customer.");

        var line = (await manager.GetHistoryAsync(limit: 1)).Single();
        Assert.Multiple(() =>
        {
            Assert.That(summary.Version, Is.EqualTo(IndexOrders.Version));
            Assert.That(summary.Databases.Single().Database, Is.EqualTo("shop"));
            Assert.That(line.Event, Is.EqualTo(MigrationEvent.Accepted));
            Assert.That(line.Version, Is.EqualTo(IndexOrders.Version));
            Assert.That(line.Detail, Is.EqualTo("No order was without a customer."));
            Assert.That(line.Checksum, Is.EqualTo(summary.Databases.Single().Checksum));
            Assert.That(line.RunId, Is.EqualTo(summary.RunId));
            Assert.That(Shop.Dump(), Is.EqualTo(dump), "only the history has a line more");
        });
        Assert.That((await manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.Pending));
        Assert.That((await manager.MigrateAsync()).Databases.Single().Migrations, Has.Count.EqualTo(1));
        Assert.That((await manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        Assert.That(
            (await Shop.Manager<ShopContext>().GetStatusAsync()).Verdict,
            Is.EqualTo(MigrationVerdict.Drifted),
            "what was applied is not what was accepted"
        );
    }

    [Test]
    public async Task AcceptAsync_accepts_in_every_database_that_has_the_edited_migration()
    {
        await Shop.Manager<ShopContext, ShopContext>().MigrateAsync();
        var manager = Shop.Manager<EditedShopContext, EditedShopContext>();

        var summary = await manager.AcceptAsync("IndexOrders", "It is right.");
        var again = await manager.AcceptAsync("IndexOrders", "It is right.");

        Assert.That(summary.Databases.Select(d => d.Database), Is.EqualTo(new[] { "shop", "archive" }));
        Assert.That(again.Databases, Is.Empty, "there is nothing left to accept");
        Assert.That((await manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        Assert.That(await manager.GetHistoryAsync(), Has.Exactly(2).Property("Event").EqualTo(MigrationEvent.Accepted));
    }

    [Test]
    public async Task AcceptAsync_of_a_migration_that_nobody_edited_writes_nothing()
    {
        await Shop.Manager<ShopContext>().MigrateAsync();
        var history = History();

        var summary = await Shop.Manager<EditedShopContext>().AcceptAsync("CreateOrders", "It is right.");

        Assert.That(summary.Databases, Is.Empty);
        Assert.That(History(), Is.EqualTo(history));
    }

    [TestCase("TrimCustomers", Description = "known, not applied")]
    [TestCase("0")]
    [TestCase("20990101000000")]
    [TestCase("'; DROP TABLE orders; --")]
    public async Task AcceptAsync_refuses_a_version_that_is_not_applied(string version)
    {
        await MigrateAsync(isAnythingPending: true);
        var history = History();

        var failure = Assert.ThrowsAsync<InvalidVersionException>(() =>
            Shop.Manager<EditedShopContext>().AcceptAsync(version, "It is right.")
        );

        Assert.That(failure!.Version, Is.EqualTo(version));
        Assert.That(History(), Is.EqualTo(history));
    }

    [Test]
    public void AcceptAsync_without_any_database_is_refused_and_makes_none()
    {
        Assert.ThrowsAsync<InvalidVersionException>(() =>
            Shop.Manager<EditedShopContext>().AcceptAsync("IndexOrders", "It is right.")
        );
        Assert.That(Directory.GetFileSystemEntries(Shop.Folder), Is.Empty);
    }

    [Test]
    public async Task RollbackToVersionAsync_refuses_to_revert_by_an_edited_migration_alone()
    {
        await Shop.Manager<RevertibleShopContext>().MigrateAsync();
        var manager = Shop.Manager<EditedShopContext>();
        var dump = Shop.Dump();

        var failure = Assert.ThrowsAsync<MigrationDriftedException>(() =>
            manager.RollbackToVersionAsync(CreateOrders.Version)
        );
        Assert.ThrowsAsync<MigrationDriftedException>(() => manager.PlanRollbackAsync(CreateOrders.Version));

        Assert.That(failure!.Versions, Is.EqualTo(Edited));
        Assert.That(Shop.Dump(), Is.EqualTo(dump));

        var summary = await manager.RollbackToVersionAsync(IndexOrders.Version);

        Assert.That(
            summary.Databases.Single().Migrations.Select(m => m.Version),
            Is.EqualTo(new[] { RequireCustomer.Version }),
            "the edited one stays"
        );
    }

    [Test]
    public async Task RestoreAsync_and_backups_do_not_mind_an_edited_migration()
    {
        await Shop.Manager<ShopContext>().MigrateAsync();
        var manager = Shop.Manager<EditedShopContext>();
        var dump = Shop.Dump();

        var backup = await manager.Backups.CreateAsync();
        await manager.RestoreAsync(backup!.Id);

        Assert.That(Shop.Dump(), Is.EqualTo(dump));
        Assert.That((await manager.Backups.VerifyAsync()).SelectMany(b => b.Faults), Is.Empty);
    }

    [Test]
    public async Task A_migration_that_was_reverted_and_applied_again_is_what_it_was_the_last_time()
    {
        await Shop.Manager<RevertibleShopContext>().MigrateAsync();
        await Shop.Manager<RevertibleShopContext>().RollbackToVersionAsync(CreateOrders.Version);

        await Shop.Manager<EditedShopContext>().MigrateAsync();

        Assert.That(
            (await Shop.Manager<EditedShopContext>().GetStatusAsync()).Verdict,
            Is.EqualTo(MigrationVerdict.UpToDate)
        );
        Assert.That((await Shop.Manager<ShopContext>().GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.Drifted));
    }

    [Test]
    public async Task What_EF_applied_without_the_migrator_has_not_drifted()
    {
        var options = new DbContextOptionsBuilder().UseSqlite($"Data Source={Shop.PathOf("shop")};Pooling=False");
        await using (var context = new ShopContext(options.Options))
        {
            await context.Database.MigrateAsync();
        }

        Assert.That((await Shop.Manager<EditedShopContext>().MigrateAsync()).Success);
        Assert.That(
            (await Shop.Manager<EditedShopContext>().GetStatusAsync()).Verdict,
            Is.EqualTo(MigrationVerdict.UpToDate)
        );
    }

    [Test]
    public async Task A_migration_that_makes_something_else_each_time_or_cannot_be_run_any_more_has_not_drifted()
    {
        await Shop.Manager<FickleShopContext>().MigrateAsync();
        FickleMove.CanRun = false;
        try
        {
            var manager = Shop.Manager<FickleShopContext>();

            Assert.That((await manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
            Assert.That((await manager.MigrateAsync()).Success);
        }
        finally
        {
            FickleMove.CanRun = true;
        }
    }

    [Test]
    public async Task A_database_of_a_newer_program_is_told_before_an_edit()
    {
        await Shop.Manager<ShopContext>().MigrateAsync();
        Shop.Execute("INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Future', '99')");

        Assert.ThrowsAsync<DatabaseNewerException>(() => Shop.Manager<EditedShopContext>().MigrateAsync());
        var status = await Shop.Manager<EditedShopContext>().GetStatusAsync();
        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.Newer));
        Assert.That(status.Databases.Single().Drift, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Validation_finds_an_edited_migration_as_a_checksum_that_does_not_match()
    {
        await Shop.Manager<ShopContext>().MigrateAsync();

        var errors = (await Shop.Validate<EditedShopContext>()).Reports.SelectMany(report => report.Errors);

        var error = errors.Single(error => error.Kind == ValidationErrorKind.ChecksumMismatch);
        Assert.That((error.Table, error.Id), Is.EqualTo(((string?)null, IndexOrders.Version)));
        Assert.That(
            (await Shop.Validate<ShopContext>()).Reports.SelectMany(report => report.Errors),
            Has.None.Property("Kind").EqualTo(ValidationErrorKind.ChecksumMismatch)
        );
    }

    private Task<MigrationSummary> MigrateAsync(bool isAnythingPending) =>
        (isAnythingPending ? Shop.Manager<RevertibleShopContext>() : Shop.Manager<ShopContext>()).MigrateAsync();

    private IReadOnlyList<string> History() =>
        Shop.Column("SELECT id || event || coalesce(version, '') || hash FROM __migrator_history ORDER BY id");
}
