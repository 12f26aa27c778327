using System.Diagnostics;
using System.Globalization;
using RagStudio.Data.PostgreSql.CrashHost;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>What killed runs leave, and the next start finds.</summary>
public sealed class LeftoverTests
{
    /// <summary>A TOAST table has an index too, which its owner may not drop.</summary>
    private const string InPublic = "pg_class ON relnamespace = 'public'::regnamespace";

    /// <summary>What REINDEX CONCURRENTLY leaves.</summary>
    private const string Left =
        "pg_class WHERE relkind = 'i' AND relname ~ '_cc(new|old)\\d*$' AND relname <> 'of_others_ccnew' AND relnamespace = 'public'::regnamespace";

    [Test]
    public async Task A_kill_while_an_invalid_index_is_dropped_leaves_one_that_the_next_start_drops()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<IndexedShop>().MigrateAsync();
        await shop.Database.ExecuteAsync("DROP INDEX ux_orders_name; INSERT INTO orders (name) VALUES ('order 1')");
        const string Create = "CREATE UNIQUE INDEX CONCURRENTLY ux_orders_name ON orders (name)";
        Assert.CatchAsync(() => shop.Database.ExecuteAsync(Create));
        await shop.Database.ExecuteAsync($"UPDATE __migrator_runs SET statements = ARRAY['0:{Create}']");
        // A transaction that uses the table keeps the drop waiting between its two steps.
        await using var reader = await Sql.OpenAsync(shop.Database.ConnectionString);
        await Sql.ExecuteAsync(reader, "BEGIN; SELECT FROM orders");
        using (var host = await HostProcess.StartAsync(HostRelease.First, shop.Database.ConnectionString))
        {
            await Condition.HoldsAsync(
                "the drop waits",
                async () =>
                    await shop.CountAsync(
                        "pg_stat_activity WHERE query LIKE 'DROP INDEX CONCURRENTLY%' AND wait_event_type = 'Lock'"
                    ) == 1
            );
            await host.KillAsync();
        }
        await Condition.HoldsAsync("the server has noticed", async () => await ShopPair.LocksAsync(shop) == 0);
        Assert.That(await shop.CountAsync("pg_index WHERE NOT indisvalid"), Is.EqualTo(1));
        await Sql.ExecuteAsync(reader, "COMMIT");
        await shop.Database.ExecuteAsync("DELETE FROM orders WHERE id = (SELECT max(id) FROM orders)");

        await shop.Manager<IndexedShop>().RecoverAsync();

        Assert.That(await shop.CountAsync("pg_index WHERE NOT indisvalid"), Is.Zero);
        Assert.That(await shop.CountAsync("pg_class WHERE relname = 'ux_orders_name'"), Is.EqualTo(1));
    }

    [TestCase("REINDEX INDEX CONCURRENTLY {0}")]
    [TestCase("REINDEX (VERBOSE, CONCURRENTLY) TABLE public.orders")]
    public async Task A_kill_while_an_index_is_rebuilt_leaves_one_that_the_next_start_drops_and_no_other(string sql)
    {
        var index = $"\"{new string('i', 50)} \"\"ü\"\" {new string('x', 6)}\"";
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<IndexedShop>().MigrateAsync();
        await shop.Database.ExecuteAsync(
            $"DROP INDEX ux_orders_name; INSERT INTO orders (name) VALUES ('order 1'); CREATE INDEX {index} ON orders ((lower(name))) WHERE total > 0"
        );
        Assert.CatchAsync(() =>
            shop.Database.ExecuteAsync("CREATE UNIQUE INDEX CONCURRENTLY of_others_ccnew ON orders (name)")
        );
        var statement = string.Format(CultureInfo.InvariantCulture, sql, index);
        await shop.Database.ExecuteAsync($"UPDATE __migrator_runs SET statements = ARRAY['0:{statement}']");
        // A transaction that writes the table keeps the statement waiting when it has made its new index.
        await using var writer = await Sql.OpenAsync(shop.Database.ConnectionString);
        await Sql.ExecuteAsync(writer, "BEGIN; UPDATE orders SET name = name");
        using (var host = await HostProcess.StartAsync(HostRelease.First, shop.Database.ConnectionString))
        {
            await Condition.HoldsAsync(
                "the new index is there, and waits",
                async () =>
                    await shop.CountAsync("pg_stat_activity WHERE query LIKE 'REINDEX%' AND wait_event_type = 'Lock'")
                        == 1
                    && await shop.CountAsync(Left) >= 1
            );
            await host.KillAsync();
        }
        await Condition.HoldsAsync("the server has noticed", async () => await ShopPair.LocksAsync(shop) == 0);
        await Sql.ExecuteAsync(writer, "ROLLBACK");
        Assert.That(await shop.CountAsync(Left), Is.GreaterThanOrEqualTo(1));

        await shop.Manager<IndexedShop>().RecoverAsync();

        Assert.That(await shop.CountAsync(Left), Is.Zero);
        Assert.That(
            await shop.CountAsync($"pg_index JOIN {InPublic} AND oid = indexrelid AND NOT indisvalid"),
            Is.EqualTo(1),
            "that of others"
        );
        Assert.That(
            await shop.CountAsync($"pg_index WHERE indexrelid = '{index}'::regclass AND indisvalid"),
            Is.EqualTo(1)
        );
    }

    [Test]
    public async Task A_start_resolves_a_prepared_transaction_before_it_locks_the_same_tables()
    {
        await using var pair = await ShopPair.CreateAsync();
        await KillBeforeCommitPreparedAsync(pair, HostRelease.Exclusive);
        Assert.That(
            await pair.Second.CountAsync(
                "pg_locks WHERE relation = 'stock'::regclass AND mode = 'AccessExclusiveLock'"
            ),
            Is.EqualTo(1)
        );

        var start = Stopwatch.StartNew();
        await pair.Manager(HostRelease.Exclusive).MigrateAsync();

        Assert.That(start.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
        await pair.DemandWholeAsync();
    }

    [Test]
    public async Task A_run_that_a_prepared_transaction_needs_is_remembered_however_old_it_is()
    {
        await using var pair = await ShopPair.CreateAsync();
        await KillBeforeCommitPreparedAsync(pair, HostRelease.New);
        await pair.First.Database.ExecuteAsync(
            "UPDATE __migrator_runs SET committed_at = committed_at - interval '1 year'"
        );
        await pair.First.Manager<NewOrders>().RecoverAsync();
        var runs = await pair.First.CountAsync("__migrator_runs");
        Assert.That(runs, Is.EqualTo(2));

        await pair.First.Manager<SalesContext>().MigrateAsync();

        Assert.That(await pair.First.CountAsync("__migrator_runs"), Is.EqualTo(2), "an old one went, a new one came");
        await pair.Manager(HostRelease.New).RecoverAsync();
        Assert.That(await pair.Second.AppliedAsync(), Has.Length.EqualTo(2));
        Assert.That(await ShopPair.PreparedAsync(pair.Second), Is.Zero);
    }

    private static async Task KillBeforeCommitPreparedAsync(ShopPair pair, string release)
    {
        await using var proxy = new CuttingProxy(pair.Second.Database.Server);
        var held = proxy.On(text => text.StartsWith("COMMIT PREPARED", StringComparison.Ordinal), Fault.Hold);
        using var host = await HostProcess.StartAsync(
            release,
            pair.First.Database.ConnectionString,
            proxy.Through(pair.Second.Database.ConnectionString)
        );
        await held.HappenedAsync();
        await host.KillAsync();
    }
}
