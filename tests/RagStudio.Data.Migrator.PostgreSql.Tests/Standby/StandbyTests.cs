using Npgsql;
using RagStudio.Data.PostgreSql.CrashHost;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>A server whose commits wait for a standby that never comes.</summary>
public sealed class StandbyTests
{
    private const string Warning = "no synchronous standby has confirmed it within 1 s";

    private PostgresServer _server = null!;
    private ShopPair _pair = null!;

    private ShopDatabase Shop => _pair.First;

    [SetUp]
    public async Task Start_a_server_with_two_databases()
    {
        _server = await PostgresServer.StartAsync();
        _pair = await ShopPair.CreateAsync(_server);
    }

    [TearDown]
    public async Task Stop_it()
    {
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_pair?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Test]
    public async Task A_commit_that_no_standby_confirms_is_kept_and_told()
    {
        await WaitForNobodyAsync();

        var summary = await Manager<NewOrders>().MigrateAsync();

        Assert.That(summary.Success, Is.True);
        Assert.That(summary.CommitWarnings, Has.One.Contains(Warning).And.One.Contains(Shop.Database.Name));
        Assert.That(await Shop.AppliedAsync(), Has.Length.EqualTo(3));
        Assert.That(await Shop.CountAsync("pg_class WHERE relname = 'ux_orders_name'"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_rollback_that_no_standby_confirms_is_told_too()
    {
        await Manager<NewOrders>().MigrateAsync();
        await WaitForNobodyAsync();

        var summary = await Manager<NewOrders>().RollbackToVersionAsync(CreateOrders.Version);

        Assert.That(summary.CommitWarnings, Has.One.Contains(Warning));
    }

    [Test]
    public async Task Without_a_synchronous_standby_there_is_nothing_to_tell() =>
        Assert.That((await Manager<NewOrders>().MigrateAsync()).CommitWarnings, Is.Empty);

    [TestCase(Fault.HalfOpenAfterForwarding)]
    [TestCase(Fault.CutAfterForwarding)]
    public async Task A_commit_whose_answer_is_lost_is_confirmed_by_another_write(Fault fault)
    {
        await WaitForNobodyAsync();
        await using var proxy = new CuttingProxy(_server);
        var cut = proxy.OnCommit(fault);

        var summary = await Manager<NewOrders>(proxy.Through(Shop.Database.ConnectionString)).MigrateAsync();

        await cut.HappenedAsync();
        Assert.That(summary.CommitWarnings, Has.One.Contains(Warning));
        Assert.That(await Shop.AppliedAsync(), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task A_commit_in_two_phases_waits_for_no_longer_and_tells_each_database()
    {
        await WaitForNobodyAsync();

        var summary = await _pair
            .Manager(
                HostRelease.New,
                Shop.Database.ConnectionString,
                _pair.Second.Database.ConnectionString,
                options => options.CommitTimeout = TimeSpan.FromSeconds(1)
            )
            .MigrateAsync();

        Assert.That(summary.CommitWarnings, Has.Count.EqualTo(2).And.All.Contains(Warning));
        Assert.That(await _pair.IsMigratedAsync(), Is.True);
        Assert.That(await ShopPair.PreparedAsync(_pair.Second), Is.Zero);
    }

    private IMigrationManager Manager<TContext>(string? connectionString = null)
        where TContext : Microsoft.EntityFrameworkCore.DbContext =>
        Shop.Manager<TContext>(connectionString, database: options => options.CommitTimeout = TimeSpan.FromSeconds(1));

    /// <summary>The setting alone does not tell: commits wait from the moment at which the checkpointer knows it.</summary>
    private async Task WaitForNobodyAsync()
    {
        await _server.ExecuteAsync("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        await _server.ExecuteAsync("SELECT pg_reload_conf()");
        await using var connection = new NpgsqlConnection(_pair.Second.Database.SuperuserConnectionString);
        await connection.OpenAsync();
        var waits = false;
        connection.Notice += (_, told) => waits |= told.Notice.MessageText.Contains("synchronous replication");
        await Condition.HoldsAsync(
            "a commit waits for a standby",
            async () =>
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
                await using var command = new NpgsqlCommand("UPDATE stock SET id = id WHERE id = 1", connection);
                _ = await command.ExecuteNonQueryAsync(patience.Token);
                return waits;
            }
        );
    }
}
