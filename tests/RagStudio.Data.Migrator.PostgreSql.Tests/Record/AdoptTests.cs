using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>Databases whose tables have no history. The decisions are tested with SQLite.</summary>
[TestFixture]
public sealed class AdoptTests
{
    private const string LostHistory = """
        DROP TABLE "__EFMigrationsHistory";
        DO $$ DECLARE t regclass; BEGIN
            FOR t IN SELECT oid FROM pg_class WHERE relname LIKE '\_\_migrator\_%' AND relkind = 'r' LOOP
                EXECUTE format('DROP TABLE %s', t);
            END LOOP;
        END $$;
        """;

    [Test]
    public async Task AdoptAsync_records_the_version_of_each_context_in_one_transaction()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        var manager = Manager(shop);
        await manager.MigrateAsync();
        await shop.Database.ExecuteAsync(LostHistory);
        await shop.Database.ExecuteAsync("CREATE TABLE by_hand (version text PRIMARY KEY, run_on timestamp)");
        var failure = Assert.ThrowsAsync<PlanRefusedException>(() => manager.MigrateAsync());
        Assert.That(failure!.Message, Does.Contain("ragstudio-db adopt").And.Contain("Nothing was changed."));

        var blind = Assert.ThrowsAsync<PlanRefusedException>(() => manager.AdoptAsync(new AdoptOptions()));
        Assert.That(
            blind!.Message,
            Does.Contain("could not be compared").And.Contain("grant it CREATEDB").And.Contain("--as")
        );
        await MayCreateDatabasesAsync(shop, "CREATEDB");

        var summary = await manager.AdoptAsync(new AdoptOptions());

        Assert.Multiple(() =>
        {
            Assert.That(summary.Databases.Select(one => one.AddedRows.Count), Is.EqualTo(new[] { 1, 1 }));
            Assert.That(
                summary.Databases.Select(one => one.UnexpectedTables.Single()),
                Is.All.Contains("by_hand").And.All.Contains("Diesel")
            );
            Assert.That(summary.BackupId, Is.Null, "a transaction needs none");
        });
        var status = await manager.GetStatusAsync();
        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        Assert.That(
            (await manager.GetHistoryAsync()).Select(line => line.Event),
            Is.All.EqualTo(MigrationEvent.Adopted)
        );

        await MayCreateDatabasesAsync(shop, "NOCREATEDB");
        await shop.Database.ExecuteAsync("DELETE FROM \"__EFMigrationsHistory\"");
        var again = await manager.PlanAdoptionAsync(new AdoptOptions());
        Assert.That(again.Databases.Select(one => one.Case), Is.All.EqualTo(AdoptionCase.NoHistory));
    }

    private static Task MayCreateDatabasesAsync(ShopDatabase shop, string privilege) =>
        Sql.ExecuteAsync(shop.Database.SuperuserConnectionString, $"ALTER ROLE {shop.Database.Owner.Name} {privilege}");

    private static IMigrationManager Manager(ShopDatabase shop) =>
        shop.Manager(migrator =>
            migrator
                .AddPostgreSqlDatabase<SalesContext>("sales", shop.Database.ConnectionString)
                .AddPostgreSqlDatabase<DepotContext>("depot", shop.Database.ConnectionString)
        );
}
