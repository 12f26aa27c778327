using System.Diagnostics;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

[NonParallelizable]
public sealed class ClientsTests
{
    [Test]
    public async Task The_longest_wait_is_that_behind_a_lock()
    {
        await using var database = await (await ServersOfTheRun.SharedAsync()).CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (id int)");
        await using var clients = await Clients.StartAsync(database.ConnectionString, 4, "INSERT INTO t VALUES (1)");
        await clients.RunAsync(40);
        await using var holder = await Sql.OpenAsync(database.ConnectionString);
        await Sql.ExecuteAsync(holder, "BEGIN; LOCK TABLE t");
        await Condition.HoldsAsync(
            "all clients wait",
            async () =>
                await database.ScalarAsync<long>(
                    "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 't'::regclass"
                ) == 4
        );
        var held = Stopwatch.StartNew();
        await Condition.HoldsAsync("time passes", () => held.ElapsedMilliseconds >= 200);
        await Sql.ExecuteAsync(holder, "COMMIT");
        var report = await clients.EndAsync();
        Assert.That(report.Failures, Is.Empty);
        Assert.That(report.LongestWait, Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(200)));
        // Each has run it once before.
        Assert.That(await database.ScalarAsync<long>("SELECT count(*) FROM t"), Is.EqualTo(report.Statements + 4));
        Assert.That(report.Statements, Is.GreaterThanOrEqualTo(44));
    }

    [Test]
    public async Task A_statement_that_still_waits_at_the_end_counts()
    {
        await using var database = await (await ServersOfTheRun.SharedAsync()).CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (id int)");
        await using var clients = await Clients.StartAsync(database.ConnectionString, 1, "INSERT INTO t VALUES (1)");
        await using var holder = await Sql.OpenAsync(database.ConnectionString);
        await Sql.ExecuteAsync(holder, "BEGIN; LOCK TABLE t");
        await Condition.HoldsAsync(
            "a statement waits",
            async () =>
                await database.ScalarAsync<long>(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
                ) == 1
        );
        var held = Stopwatch.StartNew();
        var end = clients.EndAsync();
        await Condition.HoldsAsync("time passes", () => held.ElapsedMilliseconds >= 200);
        Assert.That(end.IsCompleted, Is.False);
        await Sql.ExecuteAsync(holder, "COMMIT");
        Assert.That((await end).LongestWait, Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(200)));
    }

    [Test]
    public async Task A_failure_is_reported()
    {
        await using var database = await (await ServersOfTheRun.SharedAsync()).CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (id int)");
        await using var clients = await Clients.StartAsync(database.ConnectionString, 2, "INSERT INTO t VALUES (1)");
        await database.ExecuteAsync("DROP TABLE t");
        await Condition.HoldsAsync("the clients fail", () => clients.HaveEnded);
        var report = await clients.EndAsync();
        Assert.That(report.Failures.Select(failure => failure.Message), Has.All.Contain("\"t\" does not exist"));
        Assert.That(report.Failures, Has.Count.EqualTo(2));
    }
}
