using System.Diagnostics;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

[NonParallelizable]
public sealed class OnlineTests
{
    private const int Others = 4;

    private const string Statement = "UPDATE orders SET name = name WHERE id = (SELECT 1 + (random() * 9)::int)";

    /// <summary>The 200 ms of a lock that the run waits for; where figures are taken, the machine has nothing else to do.</summary>
    private static readonly TimeSpan Tolerated = TimeSpan.FromMilliseconds(Rounds.AreFull ? 300 : 500);

    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(10);

    [Test, Category(Figure.Category)]
    public async Task A_run_waits_for_a_long_reader_and_lets_all_others_through()
    {
        await using var shop = await CreateAsync();
        await using var behind = await StartAsync(shop);
        await using var unaffected = await Clients.StartAsync(
            shop.Database.ConnectionString,
            1,
            "UPDATE unaffected SET id = id"
        );

        await MigrateBehindReaderAsync(
            shop,
            async () => Demand(await behind.EndAsync(), await unaffected.EndAsync(), "clients")
        );
    }

    [Test, Category(Figure.Category)]
    public async Task A_run_waits_for_a_long_reader_and_lets_the_clients_of_pgbench_through()
    {
        await using var shop = await CreateAsync();
        using var behind = await PgBench.StartAsync(shop.Database, Others, Statement, Reading);
        await using var unaffected = await Clients.StartAsync(
            shop.Database.ConnectionString,
            1,
            "UPDATE unaffected SET id = id"
        );

        await MigrateBehindReaderAsync(
            shop,
            async () => Demand(await behind.EndAsync(), await unaffected.EndAsync(), "clients of pgbench")
        );
    }

    private static Task<Clients> StartAsync(ShopDatabase shop) =>
        Clients.StartAsync(shop.Database.ConnectionString, Others, Statement);

    /// <summary>A client whom the run does not concern, the unaffected one, tells what the machine adds.</summary>
    private static void Demand(ClientReport report, ClientReport unaffected, string who)
    {
        Figure.Print(
            $"behind a reader of {Reading.TotalSeconds} s, {Others} {who} waited at most {report.LongestWait.TotalMilliseconds:0} ms; on another table {unaffected.LongestWait.TotalMilliseconds:0} ms"
        );
        Assert.That(report.Failures, Is.Empty);
        Assert.That(report.LongestWait, Is.LessThan(Tolerated + unaffected.LongestWait));
    }

    private static async Task<ShopDatabase> CreateAsync()
    {
        var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<FirstShop>().MigrateAsync();
        await shop.Database.ExecuteAsync("CREATE TABLE unaffected (id int); INSERT INTO unaffected VALUES (1)");
        return shop;
    }

    /// <summary>Prints how long others wait when the run has got its locks, for as long as it works.</summary>
    private static async Task MigrateBehindReaderAsync(ShopDatabase shop, Func<Task> demandBehind)
    {
        await using var reader = await Sql.OpenAsync(shop.Database.ConnectionString);
        await Sql.ExecuteAsync(reader, "BEGIN");
        await Sql.ExecuteAsync(reader, "SELECT FROM orders");
        var reading = Stopwatch.StartNew();

        var run = shop.Manager<SecondShop>().MigrateAsync();
        await Condition.HoldsAsync("the reader has read", () => reading.Elapsed >= Reading);
        await demandBehind();
        Assert.That(run.IsCompleted, Is.False, run.Exception?.ToString());
        await using var after = await StartAsync(shop);
        await Sql.ExecuteAsync(reader, "COMMIT");

        Assert.That((await run).Success, Is.True);
        var report = await after.EndAsync();
        Figure.Print($"while the run held its locks, they waited at most {report.LongestWait.TotalMilliseconds:0} ms");
        Assert.That(report.Failures, Is.Empty);
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
    public async Task A_run_waits_for_a_lock_no_longer_than_for_all_of_them()
    {
        await using var shop = await CreateAsync();
        await using var reader = await Sql.OpenAsync(shop.Database.ConnectionString);
        await Sql.ExecuteAsync(reader, "BEGIN; SELECT FROM orders");
        var manager = shop.Manager<SecondShop>(
            options: options => options.LockTimeout = TimeSpan.FromSeconds(1),
            database: options => options.TableLockTimeout = TimeSpan.FromMinutes(1)
        );

        var waiting = Stopwatch.StartNew();
        Assert.CatchAsync<DatabaseLockedException>(() => manager.MigrateAsync());

        Assert.That(waiting.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)));
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
