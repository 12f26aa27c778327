using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

[NonParallelizable]
public sealed partial class OnlineTests
{
    private const int Others = 4;

    /// <summary>Those of one migration with two statements; each other statement adds one.</summary>
    private const int MostRoundTrips = 31;

    private static readonly TimeSpan Tolerated = TimeSpan.FromMilliseconds(Rounds.AreFull ? 300 : 500);

    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(10);

    [Test, Category(Figure.Category)]
    public async Task A_run_waits_for_a_long_reader_and_lets_all_others_through()
    {
        await using var server = await StartServerAsync();
        await using var shop = await CreateAsync(server);
        await using var behind = await StartAsync(shop);

        await MigrateBehindReaderAsync(shop, "clients", behind.EndAsync);
    }

    [Test, Category(Figure.Category)]
    public async Task A_run_waits_for_a_long_reader_and_lets_the_clients_of_pgbench_through()
    {
        await using var server = await StartServerAsync();
        await using var shop = await CreateAsync(server);
        using var behind = await PgBench.StartAsync(shop.Database, Others, On("orders"), Reading);

        await MigrateBehindReaderAsync(shop, "clients of pgbench", behind.EndAsync);
    }

    /// <summary>A server that logs each wait for a lock of more than ten milliseconds.</summary>
    private static Task<PostgresServer> StartServerAsync() =>
        PostgresServer.StartAsync(
            new PostgresServerOptions
            {
                Settings = new Dictionary<string, string> { ["log_lock_waits"] = "on", ["deadlock_timeout"] = "10ms" },
            }
        );

    /// <summary>Each client has its own row: they do not wait for each other.</summary>
    private static string On(string table) => $"UPDATE {table} SET name = name WHERE id = 1 + pg_backend_pid() % 10";

    private static Task<Clients> StartAsync(ShopDatabase shop, string table = "orders", int count = Others) =>
        Clients.StartAsync(shop.Database.ConnectionString, count, On(table));

    private static async Task<ShopDatabase> CreateAsync(PostgresServer? server = null)
    {
        var shop = await ShopDatabase.CreateAsync(server);
        await shop.Manager<FirstShop>().MigrateAsync();
        await shop.Database.ExecuteAsync("CREATE TABLE unaffected AS SELECT * FROM orders");
        return shop;
    }

    /// <summary>Prints how long others wait as long as the reader reads, and then as long as the run works.</summary>
    private static async Task MigrateBehindReaderAsync(ShopDatabase shop, string who, Func<Task<ClientReport>> endAsync)
    {
        await using var unaffected = await StartAsync(shop, "unaffected", count: 1);
        await using var reader = await Sql.OpenAsync(shop.Database.ConnectionString);
        await Sql.ExecuteAsync(reader, "BEGIN");
        await Sql.ExecuteAsync(reader, "SELECT FROM orders");
        var reading = Stopwatch.StartNew();

        var run = shop.Manager<SecondShop>().MigrateAsync();
        await Condition.HoldsAsync("the reader has read", () => reading.Elapsed >= Reading);
        Demand($"behind a reader of {Reading.TotalSeconds} s, {Others} {who}", shop, await endAsync());
        Assert.That(run.IsCompleted, Is.False, run.Exception?.ToString());
        await using var after = await StartAsync(shop);
        await Sql.ExecuteAsync(reader, "COMMIT");

        Assert.That((await run).Success, Is.True);
        Demand($"while the run held its locks, {Others} clients", shop, await after.EndAsync());
        Assert.That(await shop.CountAsync("orders WHERE total = 1"), Is.EqualTo(10));
        var others = (await unaffected.EndAsync()).LongestWait.TotalMilliseconds;
        Figure.Print($"a statement on another table, which waits for no lock, took at most {others:0} ms");
    }

    /// <summary>The server tells the waits for the table; whole statements also take what the machine adds.</summary>
    private static void Demand(string who, ShopDatabase shop, ClientReport report)
    {
        var waited = LongestWait(shop.Database.Server);
        Figure.Print(
            $"{who} waited at most {waited.TotalMilliseconds:0} ms for the table; a whole statement took at most {report.LongestWait.TotalMilliseconds:0} ms"
        );
        Assert.That(report.Failures, Is.Empty);
        Assert.That(waited, Is.LessThan(Tolerated));
    }

    private static TimeSpan LongestWait(PostgresServer server) =>
        File.ReadLines(server.LogFile)
            .Select(line => WaitForTable().Match(line))
            .Where(match => match.Success)
            .Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            .Select(TimeSpan.FromMilliseconds)
            .DefaultIfEmpty()
            .Max();

    private static bool IsLook(string statement) => statement.Contains("pg_locks held", StringComparison.Ordinal);

    private static bool IsLock(string statement) => statement.StartsWith("LOCK TABLE", StringComparison.Ordinal);

    [GeneratedRegex(@"acquired RowExclusiveLock on relation .* after ([0-9.]+) ms")]
    private static partial Regex WaitForTable();

    [Test]
    public async Task A_run_asks_for_no_lock_as_long_as_a_reader_has_the_table()
    {
        await using var shop = await CreateAsync();
        await using var proxy = new CuttingProxy(shop.Database.Server);
        await using var reader = await Sql.OpenAsync(shop.Database.ConnectionString);
        await Sql.ExecuteAsync(reader, "BEGIN; SELECT FROM orders");

        var run = shop.Manager<SecondShop>(proxy.Through(shop.Database.ConnectionString)).MigrateAsync();
        await Condition.HoldsAsync("the run has looked five times", () => proxy.Statements.Count(IsLook) >= 5);
        var asked = proxy.Statements.Count(IsLock);
        await Sql.ExecuteAsync(reader, "COMMIT");
        await run;

        Assert.That(asked, Is.Zero);
        Assert.That(proxy.Statements.Count(IsLock), Is.EqualTo(2), "EF's history and the table, once");
    }

    [Test]
    public async Task A_run_that_others_have_kept_waiting_does_not_take_what_they_delete_for_lost()
    {
        await using var shop = await CreateAsync();
        await using var proxy = new CuttingProxy(shop.Database.Server);
        await using var reader = await Sql.OpenAsync(shop.Database.ConnectionString);
        await Sql.ExecuteAsync(reader, "BEGIN; SELECT FROM orders");

        var run = shop.Manager<SecondShop>(proxy.Through(shop.Database.ConnectionString)).MigrateAsync();
        await proxy.WaitForAsync(IsLook);
        await Sql.ExecuteAsync(reader, "DELETE FROM orders WHERE id > 4; COMMIT");

        Assert.That((await run).Success, Is.True);
        Assert.That(await shop.CountAsync("orders"), Is.EqualTo(4));
    }

    /// <summary>Others wait for as long: nothing takes part in it that can be done before.</summary>
    [TestCase(true), TestCase(false)]
    public async Task Between_the_first_lock_and_the_commit_there_are_few_round_trips_and_no_rows_are_read(
        bool mayReplay
    )
    {
        await using var shop = await CreateAsync();
        if (mayReplay)
        {
            await shop.Database.Server.ExecuteAsync($"ALTER ROLE {shop.Database.Owner.Name} CREATEDB");
        }
        await using var proxy = new CuttingProxy(shop.Database.Server);
        var lockTable = proxy.On(IsLock, Fault.Hold);

        var run = shop.Manager<SecondShop>(proxy.Through(shop.Database.ConnectionString)).MigrateAsync();
        await lockTable.HappenedAsync();
        var (trips, before) = (proxy.RoundTrips, proxy.Statements.Count);
        var commit = proxy.OnCommit(Fault.Hold);
        lockTable.Release();
        await commit.HappenedAsync();
        trips = proxy.RoundTrips - trips;
        var statements = proxy.Statements.Skip(before).ToArray();
        commit.Release();
        await run;

        TestContext.Out.WriteLine($"{trips} round trips\n{string.Join('\n', statements)}");
        Assert.That(trips, Is.LessThanOrEqualTo(MostRoundTrips));
        Assert.That(statements, Has.None.Contains("count(*)").And.None.Contains("CREATE DATABASE"));
        Assert.That(statements, Has.None.Contains("pg_database_size"), "no other session");
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
