using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>Two contexts of a database may share EF's history table, as without the migrator.</summary>
[TestFixture]
public sealed class SharedTableTests
{
    [Test]
    public async Task Contexts_that_EF_alone_has_migrated_are_up_to_date_when_the_migrator_takes_over()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await MigrateByEFAsync<SalesContext>(shop);
        await MigrateByEFAsync<DepotContext>(shop);

        var status = await Manager(shop).GetStatusAsync();

        Assert.Multiple(() =>
        {
            Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
            Assert.That(status.Databases.SelectMany(one => one.Unknown), Is.Empty);
            Assert.That(status.Databases.Select(one => one.Applied.Count), Is.EqualTo(new[] { 1, 1 }));
        });
    }

    [Test]
    public async Task What_the_migrators_history_records_for_another_context_is_not_unknown()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await Manager(shop).MigrateAsync();

        var status = await shop.Manager<SalesContext>().GetStatusAsync();

        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        Assert.That(status.Databases.Single().Applied, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_id_that_no_context_of_the_program_has_is_newer()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await MigrateByEFAsync<SalesContext>(shop);
        await MigrateByEFAsync<DepotContext>(shop);
        await shop.Database.ExecuteAsync(
            """INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Later', '10.0.0')"""
        );

        var status = await Manager(shop).GetStatusAsync();

        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.Newer));
    }

    private static IMigrationManager Manager(ShopDatabase shop) =>
        shop.Manager(migrator =>
            migrator
                .AddPostgreSqlDatabase<SalesContext>("sales", shop.Database.ConnectionString)
                .AddPostgreSqlDatabase<DepotContext>("depot", shop.Database.ConnectionString)
        );

    private static async Task MigrateByEFAsync<TContext>(ShopDatabase shop)
        where TContext : DbContext
    {
        var options = new DbContextOptionsBuilder<TContext>().UseNpgsql(shop.Database.ConnectionString).Options;
        await using var context = (TContext)Activator.CreateInstance(typeof(TContext), options)!;
        await context.Database.MigrateAsync();
    }
}
