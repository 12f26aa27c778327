using System.Diagnostics;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

[NonParallelizable]
public sealed class OnlineTests
{
    /// <summary>What a busy machine adds to the 200 ms of a lock that is waited for.</summary>
    private static readonly TimeSpan Tolerated = TimeSpan.FromMilliseconds(500);

    [Test]
    public async Task A_run_waits_for_a_long_reader_and_lets_all_others_through()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<FirstShop>().MigrateAsync();
        await using var reader = await Sql.OpenAsync(shop.Database.ConnectionString);
        await Sql.ExecuteAsync(reader, "BEGIN");
        await Sql.ExecuteAsync(reader, "SELECT FROM orders");
        await using var clients = await Clients.StartAsync(
            shop.Database.ConnectionString,
            4,
            "UPDATE orders SET name = name WHERE id = (SELECT 1 + (random() * 9)::int)"
        );

        var run = shop.Manager<SecondShop>().MigrateAsync();
        var reading = Stopwatch.StartNew();
        await Condition.HoldsAsync("the reader reads for three seconds", () => reading.Elapsed.TotalSeconds >= 3);
        Assert.That(run.IsCompleted, Is.False, run.Exception?.ToString());
        var beforeTheEnd = await clients.EndAsync();
        await Sql.ExecuteAsync(reader, "COMMIT");
        var summary = await run;

        Assert.That(summary.Success, Is.True);
        Assert.That(beforeTheEnd.Failures, Is.Empty);
        Assert.That(beforeTheEnd.LongestWait, Is.LessThan(Tolerated));
        Assert.That(await shop.CountAsync("orders WHERE total = 1"), Is.EqualTo(10));
    }

    [Test]
    public async Task A_run_that_gets_no_lock_in_time_changes_nothing_and_names_the_lock()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<FirstShop>().MigrateAsync();
        await using var reader = await Sql.OpenAsync(shop.Database.ConnectionString);
        await Sql.ExecuteAsync(reader, "BEGIN");
        await Sql.ExecuteAsync(reader, "SELECT FROM orders");

        var locked = Assert.ThrowsAsync<DatabaseLockedException>(() =>
            shop.Manager<SecondShop>(options: options => options.LockTimeout = TimeSpan.FromSeconds(1)).MigrateAsync()
        );

        Assert.That(locked!.DataState, Is.EqualTo(DataState.Unchanged));
        Assert.That(await shop.AppliedAsync(), Is.EqualTo(new[] { CreateOrders.Version }));
        Assert.That(
            await shop.CountAsync("pg_attribute WHERE attrelid = 'orders'::regclass AND attname = 'total'"),
            Is.Zero
        );
    }

    [Test]
    public async Task A_failed_run_leaves_nothing_of_any_of_its_migrations()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<FirstShop>().MigrateAsync();

        var failed = Assert.ThrowsAsync<MigrationFailedException>(() => shop.Manager<FailingShop>().MigrateAsync());

        Assert.That(failed!.DataState, Is.EqualTo(DataState.Restored).Or.EqualTo(DataState.Unchanged));
        Assert.That(failed.Message, Does.Contain("division by zero"));
        Assert.That(await shop.AppliedAsync(), Is.EqualTo(new[] { CreateOrders.Version }));
        Assert.That(
            await shop.CountAsync("pg_attribute WHERE attrelid = 'orders'::regclass AND attname = 'total'"),
            Is.Zero
        );
        Assert.That(await shop.CountAsync("__migrator_history WHERE event = 'Failed'"), Is.EqualTo(1));
    }

    [Test]
    public async Task Nobody_ever_sees_a_part_of_a_run()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await using var held = new CuttingProxy(shop.Database.Server);
        var commit = held.On(CuttingProxy.IsCommit, Fault.Hold);

        var run = shop.Manager<SecondShop>(held.Through(shop.Database.ConnectionString)).MigrateAsync();
        await commit.HappenedAsync();
        var seen = await shop.TablesAsync();
        commit.Release();
        await run;

        Assert.That(seen, Is.Empty);
        Assert.That(await shop.AppliedAsync(), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_run_is_reverted_to_a_version_in_one_transaction()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<SecondShop>().MigrateAsync();

        var summary = await shop.Manager<SecondShop>().RollbackToVersionAsync(CreateOrders.Version);

        Assert.That(summary.Success, Is.True);
        Assert.That(await shop.AppliedAsync(), Is.EqualTo(new[] { CreateOrders.Version }));
        Assert.That(await shop.CountAsync("orders"), Is.EqualTo(10));
    }
}
