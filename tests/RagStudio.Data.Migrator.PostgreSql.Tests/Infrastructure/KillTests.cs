using Npgsql;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

[NonParallelizable]
public sealed class KillTests
{
    private PostgresServer _server = null!;

    [SetUp]
    public async Task Start_a_server_that_may_die() => _server = await PostgresServer.StartAsync();

    [TearDown]
    public async Task Stop_it() => await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Test]
    public async Task KillPostmaster_loses_what_was_not_committed_and_keeps_the_rest()
    {
        await SurvivesAsync(_server.KillPostmasterAsync, _server.StartAgainAsync);
    }

    [Test]
    public async Task Kill_loses_what_was_not_committed_and_keeps_the_rest()
    {
        await SurvivesAsync(_server.KillAsync, _server.StartAgainAsync);
    }

    [Test]
    public async Task Immediate_restart_loses_what_was_not_committed_and_keeps_the_rest()
    {
        await SurvivesAsync(_server.RestartImmediatelyAsync, () => Task.CompletedTask);
    }

    [Test]
    public async Task Stop_keeps_what_was_committed()
    {
        await SurvivesAsync(_server.StopAsync, _server.StartAgainAsync);
    }

    [Test]
    public async Task KillPostmaster_waits_until_no_process_is_left()
    {
        var postmaster = _server.ProcessId;
        await using var connection = await Sql.OpenAsync(_server.ConnectionString);
        var children = await Signals.ChildrenAsync(postmaster);
        Assert.That(children, Does.Contain(connection.ProcessID));
        await _server.KillPostmasterAsync();
        Assert.That(_server.IsRunning, Is.False);
        var running = await Command.RunAsync("ps", "-A", "-o", "pid=,stat=");
        var left = running
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(parts => !parts[1].StartsWith('Z') && children.Append(postmaster).Any(id => $"{id}" == parts[0]));
        Assert.That(left, Is.Empty);
        await _server.StartAgainAsync();
        Assert.That(await _server.ScalarAsync<int>("SELECT 1"), Is.EqualTo(1));
    }

    [Test]
    public async Task KillBackend_ends_every_connection_and_waits_for_the_recovery()
    {
        await using var killed = await Sql.OpenAsync(_server.ConnectionString);
        await using var bystander = await Sql.OpenAsync(_server.ConnectionString);
        await _server.KillBackendAsync(killed.ProcessID);
        Assert.That(async () => await Sql.ExecuteAsync(killed, "SELECT 1"), Throws.InstanceOf<NpgsqlException>());
        Assert.That(async () => await Sql.ExecuteAsync(bystander, "SELECT 1"), Throws.InstanceOf<NpgsqlException>());
        Assert.That(await _server.ScalarAsync<int>("SELECT 1"), Is.EqualTo(1));
    }

    [Test]
    public void KillBackend_refuses_a_process_that_is_not_the_servers()
    {
        Assert.That(async () => await _server.KillBackendAsync(Environment.ProcessId), Throws.ArgumentException);
        Assert.That(async () => await _server.KillBackendAsync(_server.ProcessId), Throws.ArgumentException);
    }

    [Test]
    public async Task StartAgain_tells_what_the_server_says_when_it_does_not_start()
    {
        await using var server = await PostgresServer.StartAsync();
        await server.StopAsync();
        await File.AppendAllTextAsync(Path.Combine(server.DataFolder, "postgresql.conf"), "no_such_setting = 1\n");
        Assert.That(
            server.StartAgainAsync,
            Throws.InvalidOperationException.With.Message.Contain(
                "unrecognized configuration parameter \"no_such_setting\""
            )
        );
        Assert.That(server.IsRunning, Is.False);
    }

    private async Task SurvivesAsync(Func<Task> end, Func<Task> start)
    {
        await using var database = await _server.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (id int); INSERT INTO t VALUES (1)");
        await using var connection = await Sql.OpenAsync(database.ConnectionString);
        await Sql.ExecuteAsync(connection, "BEGIN; INSERT INTO t VALUES (2)");
        await end();
        Assert.That(async () => await Sql.ExecuteAsync(connection, "COMMIT"), Throws.InstanceOf<NpgsqlException>());
        await start();
        Assert.That(await database.ScalarAsync<int[]>("SELECT array_agg(id) FROM t"), Is.EqualTo([1]));
    }
}
