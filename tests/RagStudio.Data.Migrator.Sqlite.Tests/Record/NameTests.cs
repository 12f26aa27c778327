using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Record;

/// <summary>A database for which several programs use different names.</summary>
public sealed class NameTests : ShopTest
{
    private string Source => $"Data Source={Shop.PathOf("shop")};Pooling=False";

    [TestCase(true)]
    [TestCase(false)]
    public async Task GetHistoryAsync_tells_what_was_done_under_any_name(bool ownersAreRecorded)
    {
        await MigrateUnderThreeNamesAsync();
        if (!ownersAreRecorded)
        {
            ForgetOwners();
        }

        var history = await Named<RevertibleShopContext>("another").GetHistoryAsync();
        var status = await Named<RevertibleShopContext>("another").GetStatusAsync();

        Assert.That(
            history.Select(line => (line.Database, line.Name)).Reverse(),
            Is.EqualTo(
                new[]
                {
                    ("catalog", "CreateOrders"),
                    ("RevertibleShopContext", "IndexOrders"),
                    ("shop", "RequireCustomer"),
                }
            )
        );
        Assert.That(status.LastMigrationTime, Is.EqualTo(history[0].AppliedAt));
        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_edited_migration_is_noticed_under_any_name(bool ownersAreRecorded)
    {
        await MigrateUnderThreeNamesAsync();
        if (!ownersAreRecorded)
        {
            ForgetOwners();
        }

        var status = await Named<EditedShopContext>("another").GetStatusAsync();

        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.Drifted));
        Assert.That(status.Databases.Single().Drift.Single(), Does.Contain(IndexOrders.Version));
    }

    [Test]
    public async Task An_edited_migration_that_was_accepted_under_one_name_is_accepted_under_all()
    {
        await MigrateUnderThreeNamesAsync();
        await Named<EditedShopContext>("another").AcceptAsync("IndexOrders", "It does the same.");

        var migrated = await Named<EditedShopContext>("yet_another").MigrateAsync();

        Assert.That(migrated.Databases.Single().Migrations.Single().Name, Is.EqualTo("TrimCustomers"));
    }

    [Test]
    public async Task A_start_under_another_name_finds_its_stamp_and_writes_nothing()
    {
        await Named<ShopContext>("catalog").MigrateAsync();
        var files = Shop.Files();

        await Named<ShopContext>("another").MigrateAsync();
        await Named<ShopContext>("another").GetStatusAsync();

        Assert.That(Shop.Files(), Is.EqualTo(files));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM __migrator_program"), Is.EqualTo(1));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM __migrator_schema"), Is.EqualTo(1));
    }

    /// <summary>A program of that build still finds its own lines, and this one finds those that it adds.</summary>
    [Test]
    public async Task A_history_without_owners_is_continued_with_them()
    {
        await Named<FirstShopContext>("catalog").MigrateAsync();
        ForgetOwners();

        await Named<RevertibleShopContext>("shop").MigrateAsync();

        Assert.That(
            Shop.Column("SELECT name || ' ' || coalesce(context, 'nobody') FROM __migrator_history ORDER BY id"),
            Is.EqualTo(
                new[]
                {
                    "CreateOrders nobody",
                    $"IndexOrders {typeof(RevertibleShopContext).FullName}",
                    $"RequireCustomer {typeof(RevertibleShopContext).FullName}",
                }
            )
        );
        var validation = await Shop.Validate<RevertibleShopContext>();
        Assert.That(validation.Reports.SelectMany(report => report.Errors), Is.Empty);
    }

    private async Task MigrateUnderThreeNamesAsync()
    {
        await Named<FirstShopContext>("catalog").MigrateAsync();
        var options = new DbContextOptionsBuilder().UseSqlite(Source).UseGuardedMigrations().Options;
        await using (var context = new RevertibleShopContext(options))
        {
            await context.Database.MigrateAsync(IndexOrders.Version);
        }
        await Named<RevertibleShopContext>("shop").MigrateAsync();
    }

    private void ForgetOwners() =>
        Shop.Execute(
            "ALTER TABLE __migrator_history DROP COLUMN context; ALTER TABLE __migrator_history DROP COLUMN chain"
        );

    private IMigrationManager Named<TContext>(string name)
        where TContext : DbContext =>
        Shop.Manager(null, migrator => migrator.AddSqliteDatabase<TContext>(name, Source));
}
