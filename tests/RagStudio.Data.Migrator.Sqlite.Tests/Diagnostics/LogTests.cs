using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Diagnostics;

public sealed class LogTests : ShopTest
{
    private const string Secret = "Pooling=False;Cache=Private";

    [Test]
    public async Task A_run_is_logged_by_the_ids_of_its_phases_with_its_own_id_on_every_line()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        using var log = new RecordedLog();

        var summary = await Manager<ShopContext>(log).MigrateAsync();

        var lines = log.Lines.Where(line => line.Id.Id is >= 1000 and < 1900).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(
                lines.Select(line => line.Id.Id).Distinct(),
                Is.EqualTo(
                    new[]
                    {
                        MigratorEventIds.Locked,
                        MigratorEventIds.Planned,
                        MigratorEventIds.BackedUp,
                        MigratorEventIds.Applying,
                        MigratorEventIds.Applied,
                        MigratorEventIds.Validated,
                        MigratorEventIds.Completed,
                    }
                )
            );
            Assert.That(
                lines.Select(line => line.Values.Single(value => value.Key == "RunId").Value),
                Is.All.EqualTo(summary.RunId)
            );
        });
    }

    [Test]
    public async Task No_line_of_a_run_that_succeeds_or_fails_carries_a_connection_string()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        using var log = new RecordedLog();
        Assert.ThrowsAsync<MigrationFailedException>(() => Manager<FailingShopContext>(log).MigrateAsync());
        await Manager<ShopContext>(log).MigrateAsync();
        Shop.Execute("INSERT INTO __EFMigrationsHistory VALUES ('99990101000000_Newer', '10.0.0')");
        Assert.ThrowsAsync<DatabaseNewerException>(() => Manager<ShopContext>(log).MigrateAsync());

        Assert.Multiple(() =>
        {
            Assert.That(log.Lines.Select(line => line.Id.Id), Has.Some.EqualTo(MigratorEventIds.RolledBack));
            Assert.That(log.Lines.Select(line => line.Id.Id), Has.Some.EqualTo(MigratorEventIds.Refused));
            foreach (var line in log.Lines)
            {
                var values = string.Join(' ', line.Values.Select(value => $"{value.Value}"));
                Assert.That(
                    line.Text + values,
                    Does.Not.Contain("Data Source").And.Not.Contain("Cache=Private").IgnoreCase
                );
            }
        });
    }

    private IMigrationManager Manager<TContext>(RecordedLog log)
        where TContext : DbContext
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace));
        services.AddMigrator().AddSqliteDatabase<TContext>("shop", $"Data Source={Shop.PathOf("shop")};{Secret}");
        return services.BuildServiceProvider().GetRequiredService<IMigrationManager>();
    }
}
