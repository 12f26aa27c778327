using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Lock;

public sealed class LockTests : ShopTest
{
    [TestCase("BEGIN IMMEDIATE", Description = "a writer")]
    [TestCase("BEGIN; SELECT count(*) FROM orders", Description = "a reader")]
    [TestCase("SELECT 1 FROM orders", Description = "an idle connection in WAL mode")]
    public async Task MigrateAsync_says_locked_when_another_connection_stays(string sql)
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var before = Shop.Dump();
        using (var other = Shop.Open())
        {
            using var command = new SqliteCommand(sql, other);
            command.ExecuteNonQuery();
            var manager = Shop.Manager<ShopContext>(o => o.LockTimeout = TimeSpan.FromMilliseconds(300));
            var watch = Stopwatch.StartNew();

            var failure = Assert.ThrowsAsync<DatabaseLockedException>(() => manager.MigrateAsync());

            Assert.That(failure!.Database, Is.EqualTo(Shop.PathOf("shop")));
            Assert.That(failure.DataState, Is.EqualTo(DataState.Unchanged));
            Assert.That(watch.Elapsed, Is.GreaterThan(TimeSpan.FromMilliseconds(290)));
        }
        Assert.That(Shop.Dump(), Is.EqualTo(before));
        Assert.That(Directory.Exists(Shop.Backups), Is.False);
    }

    [Test]
    public async Task MigrateAsync_stops_waiting_when_its_token_is_cancelled()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        using var other = Shop.Open();
        using var command = new SqliteCommand("BEGIN IMMEDIATE", other);
        command.ExecuteNonQuery();
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var manager = Shop.Manager<ShopContext>(o => o.LockTimeout = TimeSpan.FromMinutes(10));

        Assert.CatchAsync<OperationCanceledException>(() => manager.MigrateAsync(null, source.Token));
    }

    [Test]
    public async Task MigrateAsync_goes_on_when_the_other_lets_go()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var other = Shop.Open();
        using var command = new SqliteCommand("BEGIN IMMEDIATE", other);
        command.ExecuteNonQuery();

        var migrating = Shop.Manager<ShopContext>(o => o.LockTimeout = TimeSpan.FromMinutes(1)).MigrateAsync();
        Assert.That(migrating.IsCompleted, Is.False);
        other.Dispose();

        Assert.That((await migrating).Success);
    }

    [Test]
    public async Task GetStatusAsync_says_locked_by_whom_while_a_run_holds_the_database()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        DatabaseLockedException? failure = null;
        var watch = new OnPhase(
            MigrationPhase.Apply,
            () =>
                failure = Assert.ThrowsAsync<DatabaseLockedException>(() =>
                    Shop.Manager<ShopContext>().GetStatusAsync()
                )
        );

        await Shop.Manager<ShopContext>().MigrateAsync(watch);

        Assert.That(failure!.Holder!.ProcessId, Is.EqualTo(Environment.ProcessId));
        Assert.That(failure.Holder.Activity, Is.EqualTo(RunActivity.Migrate));
        Assert.That(failure.Waited, Is.LessThan(TimeSpan.FromSeconds(10)), "not the provider's usual half minute");
    }

    [Test]
    public async Task ValidateAsync_waits_a_moment_for_a_writer_that_keeps_readers_out()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var other = Shop.Open();
        foreach (var sql in new[] { "PRAGMA journal_mode = DELETE", "BEGIN EXCLUSIVE" })
        {
            using var command = new SqliteCommand(sql, other);
            command.ExecuteNonQuery();
        }

        var begun = Stopwatch.GetTimestamp();
        var failure = Assert.ThrowsAsync<DatabaseLockedException>(() => Shop.Validate<ShopContext>());
        var waited = Stopwatch.GetElapsedTime(begun);
        other.Dispose();

        Assert.That(waited, Is.GreaterThan(TimeSpan.FromSeconds(0.8)));
        Assert.That(failure!.Waited, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That((await Shop.Validate<ShopContext>()).Reports.Single().ChecksPerformed, Is.GreaterThan(0));
    }

    [Test]
    public async Task Two_managers_at_once_migrate_once()
    {
        await Shop.CreateFirstReleaseAsync(orders: 200);

        var summaries = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => Shop.Manager<ShopContext>().MigrateAsync()))
        );

        Assert.That(summaries.Sum(s => s.Databases.Single().Migrations.Count), Is.EqualTo(3));
        Assert.That(summaries.Select(s => s.Success), Is.All.True);
        Assert.That(Directory.GetDirectories(Shop.Backups), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task The_databases_are_free_again_after_a_run()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        await Shop.Manager<ShopContext>().MigrateAsync();

        Shop.Execute("INSERT INTO orders (customer) VALUES ('new')");

        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(6));
    }

    /// <summary>
    /// Closing any descriptor of the file drops the process's POSIX locks on it, so a run that hashed the
    /// live file would let others write. Another process attempts writes during the longest phases of the
    /// run.
    /// </summary>
    [TestCase(MigrationPhase.BackUp)]
    [TestCase(MigrationPhase.Apply)]
    [TestCase(MigrationPhase.Validate)]
    public async Task No_other_process_can_write_during_a_run(MigrationPhase phase)
    {
        await Shop.CreateFirstReleaseAsync(orders: 2000);
        var others = new List<string>();
        var progress = new OnPhase(
            phase,
            () => others.Add(Outside.Execute(Shop.PathOf("shop"), "INSERT INTO orders (customer) VALUES ('outsider')"))
        );

        await Shop.Manager<ShopContext>().MigrateAsync(progress);

        Assert.That(others, Is.Not.Empty);
        Assert.That(others, Is.All.Contains("locked"));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(2000));
    }
}
