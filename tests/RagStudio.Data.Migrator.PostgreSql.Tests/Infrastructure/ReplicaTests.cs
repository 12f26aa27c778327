using Npgsql;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

public sealed class ReplicaTests
{
    private PostgresServer _primary = null!;
    private Replica _replica = null!;

    [SetUp]
    public async Task Start_a_primary_and_a_replica()
    {
        _primary = await PostgresServer.StartAsync();
        await _primary.ExecuteAsync("CREATE TABLE t (id int); INSERT INTO t VALUES (1)");
        _replica = await Replica.StartAsync(_primary);
    }

    [TearDown]
    public async Task Stop_them()
    {
        await (_replica?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_primary?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Test]
    public async Task It_follows_and_only_reads()
    {
        await _primary.ExecuteAsync("INSERT INTO t VALUES (2)");
        await _replica.CatchUpAsync();
        Assert.That(await IdsAsync(_replica.Server), Is.EqualTo([1, 2]));
        Assert.That(
            async () => await _replica.Server.ExecuteAsync("INSERT INTO t VALUES (3)"),
            Throws
                .TypeOf<PostgresException>()
                .With.Property("SqlState")
                .EqualTo(PostgresErrorCodes.ReadOnlySqlTransaction)
        );
    }

    [Test]
    public async Task A_backup_of_a_busy_server_is_whole()
    {
        await using var busy = await Clients.StartAsync(
            _primary.ConnectionString,
            2,
            "INSERT INTO t VALUES (5); CREATE TEMP TABLE short (id int); DROP TABLE short"
        );
        await using var another = await Replica.StartAsync(_primary);
        var report = await busy.EndAsync();
        Assert.That(report.Failures, Is.Empty);
        await another.CatchUpAsync();
        Assert.That(await IdsAsync(another.Server), Is.EqualTo(await IdsAsync(_primary)));
    }

    [Test]
    public async Task A_suspended_receiver_keeps_it_behind_until_it_resumes()
    {
        await _replica.SuspendReceiverAsync();
        await _primary.ExecuteAsync("INSERT INTO t VALUES (2)");
        Assert.That(await IdsAsync(_replica.Server), Is.EqualTo([1]));
        await _replica.ResumeReceiverAsync();
        await _replica.CatchUpAsync();
        Assert.That(await IdsAsync(_replica.Server), Is.EqualTo([1, 2]));
    }

    [Test]
    public async Task Promotion_loses_what_an_asynchronous_replica_has_not_received([Values] bool isPrimaryDead)
    {
        await _replica.CatchUpAsync();
        await _replica.SuspendReceiverAsync();
        await _primary.ExecuteAsync("INSERT INTO t VALUES (2)");
        if (isPrimaryDead)
        {
            await _primary.KillAsync();
        }
        await _replica.PromoteAsync();
        await _replica.Server.ExecuteAsync("INSERT INTO t VALUES (3)");
        Assert.That(await IdsAsync(_replica.Server), Is.EqualTo([1, 3]));
        Assert.That(
            await _replica.Server.ScalarAsync<string>("SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8)"),
            Is.EqualTo("00000002"),
            "the timeline"
        );
    }

    [Test]
    public async Task A_synchronous_replica_keeps_COMMIT_waiting_and_loses_nothing()
    {
        await _replica.MakeSynchronousAsync();
        await _primary.ExecuteAsync("INSERT INTO t VALUES (2)");
        await _replica.SuspendReceiverAsync();
        var commit = _primary.ExecuteAsync("INSERT INTO t VALUES (3)");
        await Condition.HoldsAsync(
            "the primary waits for the replica",
            () =>
                _primary.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep')")
        );
        Assert.That(commit.IsCompleted, Is.False);
        await _replica.ResumeReceiverAsync();
        await commit;
        await _primary.KillAsync();
        await _replica.PromoteAsync();
        Assert.That(await IdsAsync(_replica.Server), Is.EqualTo([1, 2, 3]));
    }

    private static Task<int[]> IdsAsync(PostgresServer server) =>
        server.ScalarAsync<int[]>("SELECT array_agg(id ORDER BY id) FROM t");
}
