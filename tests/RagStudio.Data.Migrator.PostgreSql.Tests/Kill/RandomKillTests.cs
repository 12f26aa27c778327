using System.Diagnostics;
using RagStudio.Data.PostgreSql.CrashHost;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>
/// A run over two databases, of which the client, the session or the server is killed at a random moment. The server
/// flushes to the disk.
/// </summary>
[NonParallelizable]
public sealed class RandomKillTests
{
    private const string Sessions =
        "FROM pg_stat_activity WHERE application_name LIKE 'ragstudio-db%' AND datname LIKE 'd\\_%'";

    private PostgresServer _server = null!;
    private TimeSpan _duration;

    [OneTimeSetUp]
    public async Task Start_a_server_and_measure_a_run()
    {
        _server = await PostgresServer.StartAsync(new() { FlushesToDisk = true });
        await using var pair = await ShopPair.CreateAsync(_server);
        using var host = await StartAsync(pair);
        var clock = Stopwatch.StartNew();
        Assert.That((await host.EndAsync()).Code, Is.Zero);
        _duration = clock.Elapsed;
        await pair.DemandWholeAsync();
    }

    [OneTimeTearDown]
    public async Task Stop_it() => await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);

    [TestCase("client")]
    [TestCase("session")]
    [TestCase("server")]
    public async Task A_kill_leaves_both_databases_before_or_after_and_the_next_start_ends_well(string victim)
    {
        var (before, after) = (0, 0);
        for (var round = 0; round < Rounds.Or(5); round++)
        {
            await using var pair = await ShopPair.CreateAsync(_server);
            using var host = await StartAsync(pair);
            await PassAsync(_duration * Random.Shared.NextDouble());
            await KillAsync(victim, host);
            var (code, output) = await host.EndAsync();

            await pair.Manager(HostRelease.New).RecoverAsync();
            var isMigrated = await pair.IsMigratedAsync();
            (before, after) = isMigrated ? (before, after + 1) : (before + 1, after);
            Assert.That(code != 0 || isMigrated, output);
            Assert.That(isMigrated && output.StartsWith("Restored", StringComparison.Ordinal), Is.False, output);
            Assert.That(await pair.First.CountAsync("pg_index WHERE NOT indisvalid"), Is.Zero);
            await pair.Manager(HostRelease.New).MigrateAsync();
            await pair.DemandWholeAsync();
        }
        await TestContext.Out.WriteLineAsync($"{victim}: {before} before, {after} after");
    }

    [Test]
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
        await TestContext.Out.WriteLineAsync($"released after {clock.Elapsed.TotalSeconds:0.0} s");
    }

    private static Task<HostProcess> StartAsync(ShopPair pair) =>
        HostProcess.StartAsync(
            HostRelease.New,
            pair.First.Database.ConnectionString,
            pair.Second.Database.ConnectionString
        );

    private async Task KillAsync(string victim, HostProcess host)
    {
        switch (victim)
        {
            case "session":
                var sessions = await _server.ScalarAsync<int[]>($"SELECT coalesce(array_agg(pid), '{{}}') {Sessions}");
                await KillBackendAsync(sessions, host);
                break;
            case "server":
                await _server.KillPostmasterAsync();
                await _server.StartAgainAsync();
                break;
            default:
                await host.KillAsync();
                break;
        }
    }

    /// <summary>Without a session yet or any more, there is nothing to kill but the client.</summary>
    private async Task KillBackendAsync(int[] sessions, HostProcess host)
    {
        if (sessions.Length == 0)
        {
            await host.KillAsync();
            return;
        }
        try
        {
            await _server.KillBackendAsync(sessions[Random.Shared.Next(sessions.Length)]);
        }
        catch (ArgumentException)
        {
            // It has ended meanwhile.
        }
    }

    private static async Task PassAsync(TimeSpan delay)
    {
        var clock = Stopwatch.StartNew();
        await Condition.HoldsAsync("the moment of the kill comes", () => clock.Elapsed >= delay);
    }

    private static Task<long> LocksOfOthersAsync(ShopDatabase shop) =>
        shop.CountAsync(
            "pg_locks WHERE pid <> pg_backend_pid() AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        );
}
