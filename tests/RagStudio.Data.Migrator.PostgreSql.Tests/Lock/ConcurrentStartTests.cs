using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

public sealed class ConcurrentStartTests
{
    private const int Starts = 8;

    [Test, Category(Figure.Category)]
    public async Task Starts_at_the_same_time_apply_each_migration_once()
    {
        var rounds = Rounds.Of(3, 50);
        for (var round = 0; round < rounds; round++)
        {
            await using var shop = await ShopDatabase.CreateAsync();

            var summaries = await Task.WhenAll(
                Enumerable.Range(0, Starts).Select(_ => Task.Run(() => shop.Manager<SecondShop>().MigrateAsync()))
            );

            Assert.That(summaries.Select(summary => summary.Success), Is.All.True);
            Assert.That(
                summaries.Sum(summary => summary.Databases.Sum(database => database.Migrations.Count)),
                Is.EqualTo(2)
            );
            Assert.That(
                await shop.CountAsync("orders WHERE total = 1"),
                Is.EqualTo(10),
                "the suppressed step ran once"
            );
            Assert.That(await shop.CountAsync("__migrator_history"), Is.EqualTo(2));
        }
        Figure.Print($"{rounds} rounds of {Starts} starts at the same time: no error, each migration once");
    }

    /// <summary>
    /// If this fails, EF's own lock protects a run now, and this provider's lock may be simplified.
    /// </summary>
    [Test]
    public async Task EFs_own_starts_at_the_same_time_fail_or_apply_a_migration_twice()
    {
        for (var round = 0; round < 10; round++)
        {
            await using var shop = await ShopDatabase.CreateAsync();

            var failed = await Task.WhenAll(
                Enumerable.Range(0, Starts).Select(_ => Task.Run(() => FailsAsync(shop.Database.ConnectionString)))
            );

            if (failed.Any(fails => fails) || await shop.CountAsync("orders WHERE total <> 1") > 0)
            {
                return;
            }
        }
        Assert.Fail("EF has applied each migration once in every round.");
    }

    private static async Task<bool> FailsAsync(string connectionString)
    {
        await using var context = new SecondShop(
            new DbContextOptionsBuilder<SecondShop>().UseNpgsql(connectionString).Options
        );
        try
        {
            await context.Database.MigrateAsync();
            return false;
        }
        catch (Exception)
        {
            return true;
        }
    }
}
