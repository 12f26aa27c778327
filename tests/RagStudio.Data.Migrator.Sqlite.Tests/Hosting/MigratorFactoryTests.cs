using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Hosting;

public sealed class MigratorFactoryTests : ShopTest
{
    private string ConnectionString => $"Data Source={Shop.PathOf("shop")}";

    [Test]
    public async Task A_migrator_without_a_container_migrates_with_its_code()
    {
        var ran = new List<string>();
        var manager = MigratorFactory.Create(migrator =>
            migrator
                .AddSqliteDatabase<ShopContext>("shop", ConnectionString)
                .AddCode("shop", IndexOrders.Version, CodeMoment.After, _ => new Noted(ran))
        );

        var summary = await manager.MigrateAsync();
        var again = await manager.MigrateAsync();
        var status = await manager.GetStatusAsync();

        Assert.Multiple(() =>
        {
            Assert.That(summary.Databases.Single().Migrations, Is.Not.Empty);
            Assert.That(ran, Has.Member(IndexOrders.Version));
            Assert.That(again.Databases.Single().Migrations, Is.Empty);
            Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        });
    }

    [Test]
    public async Task A_database_is_added_by_its_file_whatever_its_name_would_say_in_a_connection_string()
    {
        var folder = Path.Combine(Shop.Folder, "of;Mode=Memory 'x'");
        var file = Path.Combine(folder, "shop.db");
        IMigrationManager Manager<TContext>()
            where TContext : DbContext =>
            MigratorFactory.Create(
                migrator => migrator.AddSqliteDatabase<TContext>("shop", _ => new FileInfo(file)),
                new MigrationOptions { RehearseBeforeMigrate = RehearsalPolicy.Always }
            );

        await Manager<FirstShopContext>().MigrateAsync();
        var second = await Manager<ShopContext>().MigrateAsync();
        await Manager<ShopContext>().RestoreAsync(second.BackupId!);

        var status = await Manager<FirstShopContext>().GetStatusAsync();
        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        Assert.That(Directory.GetFiles(folder, "*.db"), Is.EqualTo(new[] { file }));
    }

    [Test]
    public void A_migrator_without_a_container_checks_its_rules()
    {
        var manager = MigratorFactory.Create(migrator =>
            migrator
                .AddSqliteDatabase<ShopContext>("shop", ConnectionString)
                .AddRule(_ => new SqlRule("no luck", [new RuleTable("orders", ["id"])], "SELECT 1, 'is wrong'"))
        );

        var failure = Assert.ThrowsAsync<ValidationFailedException>(() => manager.MigrateAsync());

        Assert.That(failure.Message, Does.Contain("is wrong"));
    }

    [Test]
    public void Options_out_of_their_range_are_refused_by_their_names()
    {
        var failure = Assert.Throws<OptionsValidationException>(() =>
            MigratorFactory.Create(
                migrator => migrator.AddSqliteDatabase<ShopContext>("shop", ConnectionString),
                new MigrationOptions { BackupsToKeep = 0 }
            )
        );

        Assert.That(
            failure.Message,
            Is.EqualTo("MigrationOptions:BackupsToKeep must be between 1 and 1000, but is 0.")
        );
    }

    [Test]
    public async Task Options_that_are_changed_afterwards_have_no_effect()
    {
        var options = new MigrationOptions();
        var manager = MigratorFactory.Create(
            migrator => migrator.AddSqliteDatabase<ShopContext>("shop", ConnectionString),
            options
        );

        options.DryRun = true;
        await manager.MigrateAsync();

        Assert.That((await manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
    }

    [Test]
    public void What_needs_a_host_is_refused()
    {
        var failure = Assert.Throws<InvalidOperationException>(() =>
            MigratorFactory.Create(migrator =>
                migrator.AddSqliteDatabase<ShopContext>("shop", ConnectionString).MigrateOnStartup()
            )
        );

        Assert.That(failure.Message, Does.Contain("MigrateOnStartup needs a host"));
    }

    [Test]
    public void A_set_without_a_database_is_refused() =>
        Assert.That(
            () => MigratorFactory.Create(_ => { }),
            Throws.InvalidOperationException.With.Message.Contains("no database")
        );

    private sealed class Noted(List<string> ran) : IMigrationCode
    {
        public string Name => "noted";

        public Task RunAsync(MigrationCodeContext context, CancellationToken cancellationToken)
        {
            ran.Add(context.Version);
            return Task.CompletedTask;
        }
    }
}
