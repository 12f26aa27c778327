using System.Diagnostics;
using RagStudio.Data.PostgreSql.CrashHost;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>
/// A run over two databases, of which the client, the session or the server is killed at a random moment. The server
/// flushes to the disk.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase), Parallelizable(ParallelScope.All), Category(Figure.Category)]
public sealed class RandomKillTests
{
    private const string Sessions =
        "FROM pg_stat_activity WHERE application_name LIKE 'ragstudio-db%' AND datname LIKE 'd\\_%'";

    private PostgresServer _server = null!;
    private Random _random = null!;

    [SetUp]
    public async Task Start_a_server()
    {
        _random = new Random(Seed.Choose());
        _server = await PostgresServer.StartAsync(new() { FlushesToDisk = true });
    }

    [TearDown]
    public async Task Stop_it() => await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);

    [TestCase("client")]
    [TestCase("session")]
    [TestCase("server")]
    public async Task A_kill_leaves_both_databases_before_or_after_and_the_next_start_ends_well(string victim)
    {
        await using var old = await ShopPair.CreateAsync(_server);
        var statements = await StatementsAsync(old);
        var (outcomes, longest) = (new KillOutcomes(), new Longest());
        for (var round = 0; round < Rounds.Of(2, 70); round++)
        {
            await using var pair = await old.CopyAsync();
            var point = KillPoint.Choose(_random, statements);
            var (code, output) = await KillAtAsync(point, victim, pair);

            var recovered = await longest.OfAsync(pair.Manager(HostRelease.New).RecoverAsync());
            var isMigrated = await pair.IsMigratedAsync();
            outcomes.Add(isMigrated, recovered.Settled);
            Assert.That(code != 0 || isMigrated, $"{point}: {output}");
            Assert.That(isMigrated && output.StartsWith("Restored", StringComparison.Ordinal), Is.False, output);
            Assert.That(await pair.First.CountAsync("pg_index WHERE NOT indisvalid"), Is.Zero);
            await pair.Manager(HostRelease.New).MigrateAsync();
            await pair.DemandWholeAsync();
        }
        Figure.Print(
            $"{victim}: {outcomes}, in at most {longest.Seconds:0.00} s; {statements.Count} statements in a run"
        );
        outcomes.DemandAll();
    }

    [Test, NonParallelizable]
    public async Task A_killed_client_loses_its_locks_within_three_seconds_even_during_a_statement()
    {
        await using var shop = await ShopDatabase.CreateAsync(_server);
        using var host = await HostProcess.StartAsync(HostRelease.Slow, shop.Database.ConnectionString);
        await Condition.HoldsAsync(
            "the statement of a minute runs",
            async () => await shop.CountAsync("pg_stat_activity WHERE wait_event = 'PgSleep'") == 1
        );
        Assert.That(await LocksOfOthersAsync(shop), Is.Positive);

        await host.KillAsync();
        var clock = Stopwatch.StartNew();
        await Condition.HoldsAsync("the locks are released", async () => await LocksOfOthersAsync(shop) == 0);

        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(3)));
        Figure.Print($"locks of a killed client released after {clock.Elapsed.TotalSeconds:0.0} s");
    }

    private static async Task<IReadOnlyList<string>> StatementsAsync(ShopPair old)
    {
        await using var pair = await old.CopyAsync();
        await using var proxy = new CuttingProxy(pair.First.Database.Server);
        Assert.That((await RunAsync(pair, proxy)).Code, Is.Zero);
        await pair.DemandWholeAsync();
        return proxy.Statements;
    }

    private async Task<(int Code, string Output)> KillAtAsync(KillPoint point, string victim, ShopPair pair)
    {
        await using var proxy = new CuttingProxy(_server);
        var seen = 0;
        var held = proxy.On(_ => ++seen == point.Statement, Fault.Hold);
        using var host = victim == "client" ? await StartAsync(pair, proxy) : null;
        var run = host?.EndAsync() ?? RunAsync(pair, proxy);
        await point.ComesAsync(held, run);
        await (host?.KillAsync() ?? KillAsync(victim));
        held.Release();
        return await run;
    }

    private static Task<HostProcess> StartAsync(ShopPair pair, CuttingProxy proxy) =>
        HostProcess.StartAsync(
            HostRelease.New,
            proxy.Through(pair.First.Database.ConnectionString),
            proxy.Through(pair.Second.Database.ConnectionString)
        );

    /// <summary>Runs in this process, which has what a new one has to compile first.</summary>
    private static async Task<(int Code, string Output)> RunAsync(ShopPair pair, CuttingProxy proxy)
    {
        var manager = pair.Manager(
            HostRelease.New,
            proxy.Through(pair.First.Database.ConnectionString),
            proxy.Through(pair.Second.Database.ConnectionString)
        );
        try
        {
            _ = await manager.MigrateAsync();
            return (0, "");
        }
        catch (MigrationException failure)
        {
            return (1, $"{failure.DataState}: {failure}");
        }
    }

    private async Task KillAsync(string victim)
    {
        if (victim == "session")
        {
            await KillBackendAsync(
                await _server.ScalarAsync<int[]>($"SELECT coalesce(array_agg(pid), '{{}}') {Sessions}")
            );
            return;
        }
        await _server.KillPostmasterAsync();
        await _server.StartAgainAsync();
    }

    /// <summary>Before the first session and after the last there is nothing to kill.</summary>
    private async Task KillBackendAsync(int[] sessions)
    {
        if (sessions.Length == 0)
        {
            return;
        }
        try
        {
            await _server.KillBackendAsync(sessions[_random.Next(sessions.Length)]);
        }
        catch (ArgumentException)
        {
            // It has ended meanwhile.
        }
    }

    private static Task<long> LocksOfOthersAsync(ShopDatabase shop) =>
        shop.CountAsync(
            "pg_locks WHERE pid <> pg_backend_pid() AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        );
}
