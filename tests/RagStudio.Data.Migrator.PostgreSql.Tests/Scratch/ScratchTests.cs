using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.PostgreSql.CrashHost;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>The databases in which migrations are replayed, of runs that are killed.</summary>
public sealed class ScratchTests
{
    private PostgresServer _server = null!;
    private ShopDatabase _shop = null!;

    [SetUp]
    public async Task Start_a_server_with_a_role_that_creates_databases()
    {
        _server = await PostgresServer.StartAsync();
        _shop = await ShopDatabase.CreateAsync(_server);
        await _server.ExecuteAsync($"ALTER ROLE {_shop.Database.Owner.Name} CREATEDB");
        await _shop.Manager<OldOrders>().MigrateAsync();
    }

    [TearDown]
    public async Task Stop_it()
    {
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_shop?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [TestCase("COMMENT ON DATABASE")]
    [TestCase("ALTER DATABASE")]
    [TestCase("CREATE SCHEMA IF NOT EXISTS")]
    [TestCase("UPDATE orders SET total")]
    [TestCase("DROP DATABASE")]
    public async Task A_kill_leaves_a_scratch_database_that_the_next_start_drops(string statement)
    {
        await KillAtAsync(statement);
        Assert.That(await ScratchAsync(), Is.EqualTo(1));

        await _shop.Manager<NewOrders>().MigrateAsync();

        Assert.That(await ScratchAsync(), Is.Zero);
        Assert.That(await _shop.AppliedAsync(), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task A_kill_of_a_rehearsal_leaves_the_database_as_it_was_and_a_copy_that_the_next_start_drops()
    {
        foreach (var statement in new[] { "TRUNCATE", "UPDATE orders SET total" })
        {
            await KillAtAsync(statement, HostRelease.Rehearsed);
            Assert.That(await ScratchAsync(), Is.EqualTo(1));
            Assert.That(await _shop.AppliedAsync(), Has.Length.EqualTo(1));
        }

        await _shop
            .Manager<NewOrders>(options: options => options.RehearseBeforeMigrate = RehearsalPolicy.Always)
            .MigrateAsync();

        Assert.That(await ScratchAsync(), Is.Zero);
        Assert.That(await _shop.AppliedAsync(), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task Databases_of_others_stay_whatever_they_are_called()
    {
        var oid = await _shop.Database.ScalarAsync<string>(
            "SELECT oid::text FROM pg_database WHERE datname = current_database()"
        );
        string[] names = [$"__migrator_scratch_{oid}_{new string('0', 32)}", $"__migrator_scratch_{oid}_mine"];
        foreach (var name in names)
        {
            await _server.ExecuteAsync($"CREATE DATABASE {name} OWNER {_shop.Database.Owner.Name}");
        }

        await _shop.Manager<NewOrders>().MigrateAsync();

        Assert.That(await ScratchAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task What_belongs_to_a_database_that_a_restore_has_replaced_is_dropped_too()
    {
        var replaced = $"{_shop.Database.Name}__replaced_1";
        await _server.ExecuteAsync($"CREATE DATABASE {replaced} OWNER {_shop.Database.Owner.Name}");
        var oid = await _server.ScalarAsync<string>($"SELECT oid::text FROM pg_database WHERE datname = '{replaced}'");
        var left = $"__migrator_scratch_{oid}_{new string('0', 24)}89abcdef";
        await _server.ExecuteAsync($"CREATE DATABASE {left} OWNER {_shop.Database.Owner.Name}");
        await _server.ExecuteAsync(
            $"COMMENT ON DATABASE {left} IS 'Scratch database of a migration run, which drops it at its end'"
        );
        await using var owner = await Sql.OpenAsync(_server.ConnectionStringFor(replaced));
        await Sql.ExecuteAsync(owner, "SELECT pg_advisory_lock(x'52534442'::int, x'89abcdef'::int)");
        await ValidateAsync();
        Assert.That(await ScratchAsync(), Is.EqualTo(1), "its owner is at work");
        await Sql.ExecuteAsync(owner, "SELECT pg_advisory_unlock_all()");

        await ValidateAsync();

        Assert.That(await ScratchAsync(), Is.Zero);
        Assert.That(await _shop.CountAsync($"pg_database WHERE datname = '{replaced}'"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_scratch_database_that_is_in_use_stays()
    {
        await using var proxy = new CuttingProxy(_server);
        var held = proxy.On(text => text.StartsWith("COMMENT ON DATABASE", StringComparison.Ordinal), Fault.Hold);
        var first = _shop.Manager<NewOrders>(proxy.Through(_shop.Database.ConnectionString)).MigrateAsync();
        await held.HappenedAsync();

        // It has no run's lock: a check only reads.
        var report = await ValidateAsync();

        Assert.That(await ScratchAsync(), Is.EqualTo(1));
        Assert.That(
            report.Reports.SelectMany(one => one.Warnings).Select(one => one.Kind),
            Has.None.EqualTo(ValidationWarningKind.NotChecked)
        );
        held.Release();
        Assert.That((await first).Success, Is.True);
        Assert.That(await ScratchAsync(), Is.Zero);
    }

    private Task<ValidationSummary> ValidateAsync() =>
        _shop
            .Services(migrator => migrator.AddPostgreSqlDatabase<OldOrders>("shop", _shop.Database.ConnectionString))
            .GetRequiredService<DataValidator>()
            .ValidateAsync();

    private Task<long> ScratchAsync() =>
        _server.ScalarAsync<long>(@"SELECT count(*) FROM pg_database WHERE datname LIKE '\_\_migrator\_scratch%'");

    /// <summary>Kills a run as it comes to a statement of its scratch database.</summary>
    private async Task KillAtAsync(string statement, string release = HostRelease.First)
    {
        await using var proxy = new CuttingProxy(_server);
        var isScratch = false;
        var held = proxy.On(
            text =>
            {
                isScratch |= text.StartsWith("CREATE DATABASE", StringComparison.Ordinal);
                return isScratch && text.StartsWith(statement, StringComparison.Ordinal);
            },
            Fault.Hold
        );
        using var host = await HostProcess.StartAsync(release, proxy.Through(_shop.Database.ConnectionString));
        await held.HappenedAsync();
        await host.KillAsync();
        await proxy.ResetAsync();
        await Condition.HoldsAsync("the server has noticed", async () => await ShopPair.LocksAsync(_shop) == 0);
    }
}
