using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

[NonParallelizable]
public sealed class RoundTripTests
{
    [Test, Category(Figure.Category)]
    public async Task A_start_with_nothing_pending_connects_once_and_takes_two_round_trips()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await AssertSmallAsync(
            shop,
            (migrator, connectionString) => migrator.AddPostgreSqlDatabase<SecondShop>("shop", connectionString)
        );
    }

    [Test]
    public async Task Contexts_of_one_database_are_read_by_one_connection_in_the_same_two_round_trips()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await AssertSmallAsync(
            shop,
            (migrator, connectionString) =>
                migrator
                    .AddPostgreSqlDatabase<SalesContext>("sales", connectionString)
                    .AddPostgreSqlDatabase<DepotContext>("depot", connectionString)
                    .AddPostgreSqlDatabase<SecondShop>("shop", connectionString)
        );
    }

    private static async Task AssertSmallAsync(ShopDatabase shop, Action<MigratorBuilder, string> databases)
    {
        await shop.Manager(migrator => databases(migrator, shop.Database.ConnectionString)).MigrateAsync();
        await using var proxy = new CuttingProxy(shop.Database.Server);
        var connectionString = proxy.Through(shop.Database.ConnectionString);
        await using var plain = new NpgsqlDataSourceBuilder(
            connectionString + ";Pooling=false;Application Name=ragstudio-db"
        )
            .ConfigureTypeLoading(loading => loading.EnableTypeLoading(false))
            .Build();
        await using (await plain.OpenConnectionAsync()) { }
        await EndedAsync(shop);
        var connecting = proxy.RoundTrips;

        var summary = await shop.Manager(migrator => databases(migrator, connectionString)).MigrateAsync();

        await EndedAsync(shop);
        Assert.That(summary.Databases.SelectMany(database => database.Migrations), Is.Empty);
        // One connection: another one would add the round trips of connecting.
        Assert.That(proxy.RoundTrips - (2 * connecting), Is.EqualTo(2), string.Join("; ", proxy.Statements));
    }

    /// <summary>The end of a connection is a message too.</summary>
    private static Task EndedAsync(ShopDatabase shop) =>
        Condition.HoldsAsync(
            "the connections have ended",
            async () =>
                await shop.Database.Server.ScalarAsync<long>(
                    $"SELECT count(*) FROM pg_stat_activity WHERE datname = '{shop.Database.Name}' AND application_name LIKE 'ragstudio-db%'"
                ) == 0
        );
}
