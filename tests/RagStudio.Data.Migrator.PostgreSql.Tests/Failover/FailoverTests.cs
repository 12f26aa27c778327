using Npgsql;
using RagStudio.Data.PostgreSql.CrashHost;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>
/// The primary dies at a border of a run's commit, and its replica takes over, with or without what was committed last.
/// The run's connection string names both.
/// </summary>
public sealed class FailoverTests
{
    private PostgresServer _primary = null!;
    private ShopPair _pair = null!;
    private Replica _replica = null!;
    private CuttingProxy _proxy = null!;

    [SetUp]
    public async Task Start_a_primary_and_a_replica()
    {
        _primary = await PostgresServer.StartAsync();
        _pair = await ShopPair.CreateAsync(_primary);
        _replica = await Replica.StartAsync(_primary);
        await _replica.CatchUpAsync();
        _proxy = new CuttingProxy(_primary);
    }

    [TearDown]
    public async Task Stop_them()
    {
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }
        await (_replica?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_primary?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_pair?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Test]
    public async Task Status_and_a_start_with_nothing_pending_find_the_primary_among_the_hosts()
    {
        var manager = Manager(HostRelease.Old, standbyFirst: true);

        Assert.That((await manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        Assert.That((await manager.MigrateAsync()).Success, Is.True);
        await Manager(HostRelease.New, standbyFirst: true).MigrateAsync();
        await _pair.DemandWholeAsync();
    }

    [TestCase("UPDATE"), TestCase("PREPARE TRANSACTION"), TestCase("COMMIT")]
    [Rounds(few: 1, full: 3), Category(Figure.Category)]
    public async Task Before_COMMIT_nothing_is_there_on_the_new_primary(string statement)
    {
        var held = _proxy.On(Begins(statement), Fault.Hold);
        var run = RunAsync();
        await held.HappenedAsync();

        await FailOverAsync();

        await DemandAsync(await EndOfAsync(run), isMigrated: false);
    }

    [Test, Rounds(few: 1, full: 3), Category(Figure.Category)]
    public async Task After_a_COMMIT_that_was_not_replicated_nothing_is_there_and_the_loss_is_told()
    {
        await _replica.SuspendReceiverAsync();
        var run = await CommitAsync();

        await FailOverAsync();

        await DemandAsync(await EndOfAsync(run), isMigrated: false);
    }

    [Test, Rounds(few: 1, full: 3), Category(Figure.Category)]
    public async Task After_a_COMMIT_that_was_replicated_the_run_succeeds()
    {
        var run = await CommitAsync();
        await _replica.CatchUpAsync();

        await FailOverAsync();

        await DemandAsync(await EndOfAsync(run), isMigrated: true);
    }

    [TestCase(true)]
    [TestCase(false)]
    [Rounds(few: 1, full: 3), Category(Figure.Category)]
    public async Task Between_PREPARE_and_COMMIT_PREPARED_the_new_primary_decides(bool isReplicated)
    {
        var commit = _proxy.OnCommit(Fault.Hold);
        var second = _proxy.On(Begins("COMMIT PREPARED"), Fault.Hold);
        var run = RunAsync();
        await commit.HappenedAsync();
        await _replica.CatchUpAsync();
        if (!isReplicated)
        {
            await _replica.SuspendReceiverAsync();
        }
        commit.Release();
        await second.HappenedAsync();
        if (isReplicated)
        {
            await _replica.CatchUpAsync();
        }

        await FailOverAsync();

        await DemandAsync(await EndOfAsync(run), isReplicated);
    }

    [Test, Rounds(few: 1, full: 3), Category(Figure.Category)]
    public async Task After_a_COMMIT_PREPARED_that_was_not_replicated_the_next_start_commits_on_the_new_primary()
    {
        var held = _proxy.On(Begins("COMMIT PREPARED"), Fault.Hold);
        var run = RunAsync();
        await held.HappenedAsync();
        await _replica.CatchUpAsync();
        await _replica.SuspendReceiverAsync();
        held.Release();
        Assert.That(await run, Is.Null);

        await FailOverAsync();

        Assert.That((await AppliedAsync(_pair.First), await AppliedAsync(_pair.Second)), Is.EqualTo((3L, 1L)));
        Assert.That(await PreparedAsync(), Is.EqualTo(1));
        var longest = new Longest();
        var recovered = await longest.OfAsync(Manager(HostRelease.New).RecoverAsync());
        Figure.Print($"the next start resolved in {longest.Seconds:0.00} s what the new primary lacked");
        Assert.That(recovered.Settled, Is.True);
        Assert.That(longest.Time, Is.LessThan(Rounds.Resolving));
        await DemandAsync(await run, isMigrated: true);
    }

    [Test]
    public async Task Another_cluster_is_not_believed()
    {
        await using var other = await PostgresServer.StartAsync(new() { HasOwnIdentity = true });
        var lost = _proxy.OnCommit(Fault.HalfOpenAfterForwarding);
        var run = RunAsync(TimeSpan.FromSeconds(2), other);
        await lost.HappenedAsync();
        await CopyAsync(other);
        await _primary.KillAsync();
        await _proxy.ResetAsync();

        Assert.That(await run, Is.TypeOf<CommitUnknownException>());
    }

    /// <summary>Comes to where the server has committed the first database, and the run does not know.</summary>
    private async Task<Task<Exception?>> CommitAsync()
    {
        var lost = _proxy.OnCommit(Fault.HalfOpenAfterForwarding);
        var run = RunAsync();
        await lost.HappenedAsync();
        await Condition.HoldsAsync("it is committed", async () => (await _pair.First.AppliedAsync()).Length == 3);
        return run;
    }

    private async Task FailOverAsync()
    {
        await _primary.KillAsync();
        await _replica.PromoteAsync();
        await _proxy.ResetAsync();
    }

    /// <summary>The run's result, soon after another server has taken over.</summary>
    private static async Task<Exception?> EndOfAsync(Task<Exception?> run)
    {
        var longest = new Longest();
        var failure = await longest.OfAsync(run);
        Figure.Print(
            $"{(failure is null ? "both" : "none")} on the new primary, {longest.Seconds:0.00} s after it took over"
        );
        Assert.That(longest.Time, Is.LessThan(Rounds.Resolving));
        return failure;
    }

    private async Task DemandAsync(Exception? failure, bool isMigrated)
    {
        Assert.That(failure is null, Is.EqualTo(isMigrated), failure?.ToString());
        if (failure is not null)
        {
            Assert.That(((MigrationException)failure).DataState, Is.EqualTo(DataState.Restored), failure.ToString());
            Assert.That(failure.Message, Does.Contain("Another server has taken over").And.Contain("may be lost"));
        }
        var (first, second) = (await AppliedAsync(_pair.First), await AppliedAsync(_pair.Second));
        Assert.That((first, second), Is.EqualTo(isMigrated ? (3L, 2L) : (1L, 1L)));
        Assert.That(await PreparedAsync(), Is.Zero);
        Assert.That(
            await _replica.Server.ScalarAsync<long>("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"),
            Is.Zero
        );
        Assert.That((await Manager(HostRelease.New).MigrateAsync()).Success, Is.True);
        Assert.That((await AppliedAsync(_pair.First), await AppliedAsync(_pair.Second)), Is.EqualTo((3L, 2L)));
    }

    private Task<long> PreparedAsync() => _replica.Server.ScalarAsync<long>("SELECT count(*) FROM pg_prepared_xacts");

    private Task<long> AppliedAsync(ShopDatabase shop) =>
        _replica.Server.ScalarAsync<long>("""SELECT count(*) FROM "__EFMigrationsHistory" """, shop.Database.Name);

    private async Task<Exception?> RunAsync(TimeSpan? patience = null, PostgresServer? other = null)
    {
        try
        {
            await Manager(HostRelease.New, patience: patience, other: other).MigrateAsync();
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private IMigrationManager Manager(
        string release,
        bool standbyFirst = false,
        TimeSpan? patience = null,
        PostgresServer? other = null
    ) =>
        _pair.Manager(
            release,
            Hosts(_pair.First, standbyFirst, other),
            Hosts(_pair.Second, standbyFirst, other),
            options => options.CommitTimeout = patience ?? TimeSpan.FromSeconds(15)
        );

    private string Hosts(ShopDatabase shop, bool standbyFirst, PostgresServer? other)
    {
        var proxied = new NpgsqlConnectionStringBuilder(_proxy.Through(shop.Database.ConnectionString));
        string[] hosts = [$"127.0.0.1:{proxied.Port}", $"127.0.0.1:{(other ?? _replica.Server).Port}"];
        proxied.Host = string.Join(',', standbyFirst ? hosts.Reverse() : hosts);
        proxied.Remove("Port");
        proxied.TargetSessionAttributes = "primary";
        return proxied.ConnectionString;
    }

    /// <summary>Gives another cluster databases and roles of the same names.</summary>
    private async Task CopyAsync(PostgresServer other)
    {
        foreach (var database in new[] { _pair.First.Database, _pair.Second.Database })
        {
            await other.ExecuteAsync($"CREATE ROLE {database.Owner.Name} LOGIN PASSWORD '{database.Owner.Password}'");
            await other.ExecuteAsync($"CREATE DATABASE {database.Name} OWNER {database.Owner.Name}");
        }
    }

    private static Predicate<string> Begins(string statement) =>
        statement == "COMMIT" ? CuttingProxy.IsCommit : text => text.StartsWith(statement, StringComparison.Ordinal);
}
