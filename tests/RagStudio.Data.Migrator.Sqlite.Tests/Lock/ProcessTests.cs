using RagStudio.Data.CrashHost;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Lock;

/// <summary>Several programs that use the same databases, each in its own process.</summary>
public sealed class ProcessTests : ShopTest
{
    [TestCase(2)]
    [TestCase(8)]
    public async Task Processes_that_start_at_once_migrate_once(int count)
    {
        await CreateFirstReleaseAsync(orders: 500);
        var command = new HostCommand(Shop.Folder, RunActivity.Migrate, ShopRelease.Final);
        var processes = Enumerable.Range(0, count).Select(_ => HostProcess.Start(command)).ToArray();

        var exits = processes.Select(process => process.WaitForExit()).ToArray();

        Array.ForEach(processes, process => process.Dispose());
        Assert.That(exits.Select(exit => (exit.Code, exit.Error)), Is.All.EqualTo((0, "")));
        Assert.That(exits.Count(exit => exit.Points.Any(IsApply)), Is.EqualTo(1));
        Assert.That((await Shop.Manager(ShopRelease.Final).Backups.ListAsync()), Has.Count.EqualTo(1));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(500));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM __EFMigrationsHistory", "archive"), Is.EqualTo(4));
    }

    [Test]
    public async Task A_killed_holder_is_named_as_long_as_it_lives_and_keeps_nobody_out_after()
    {
        await CreateFirstReleaseAsync(orders: 4000);
        var manager = Shop.Manager(ShopRelease.Slow, o => o.LockTimeout = TimeSpan.Zero);
        using var process = HostProcess.Start(new HostCommand(Shop.Folder, RunActivity.Migrate, ShopRelease.Slow));
        Assert.That(process.WaitFor("Apply:5"));

        var failure = Assert.ThrowsAsync<DatabaseLockedException>(() => manager.MigrateAsync())!;
        var exit = process.KillAfter(TimeSpan.Zero);
        var recovery = await manager.RecoverAsync();

        Assert.Multiple(() =>
        {
            Assert.That(failure.Holder!.ProcessId, Is.EqualTo(process.Id));
            Assert.That(failure.Holder.Activity, Is.EqualTo(RunActivity.Migrate));
            Assert.That(failure.Message, Does.Contain($"process {process.Id}"));
            Assert.That(exit.Code, Is.EqualTo(HostProcess.Killed));
            Assert.That(recovery.Restored, "the lock is free at once, also where nobody waits for it");
            Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(4000));
            Assert.That(Directory.GetFiles(Shop.Folder, "*.lock-holder"), Is.Empty);
        });
    }

    private async Task CreateFirstReleaseAsync(int orders)
    {
        await Shop.CreateFirstReleaseAsync(orders);
        await Shop.CreateFirstReleaseAsync(orders, "archive");
    }

    private static bool IsApply(string point) => point.StartsWith("Apply", StringComparison.Ordinal);
}
