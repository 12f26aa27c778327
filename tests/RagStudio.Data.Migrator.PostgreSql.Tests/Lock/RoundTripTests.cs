using Npgsql;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

[NonParallelizable]
public sealed class RoundTripTests
{
    [Test, Category(Figure.Category)]
    public async Task A_start_with_nothing_pending_takes_two_round_trips_after_connecting()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<SecondShop>().MigrateAsync();
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

        var summary = await shop.Manager<SecondShop>(connectionString).MigrateAsync();

        await EndedAsync(shop);
        Assert.That(summary.Databases.Single().Migrations, Is.Empty);
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
