using RagStudio.Data.CrashHost;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Recover;

/// <summary>
/// A program that is restarted over and over and never completes, such as a container with a health check.
/// </summary>
public sealed class RestartLoopTests : ShopTest
{
    private const int Starts = 20;
    private const int MaxAsides = 3;

    [Test]
    public async Task Twenty_kills_at_one_point_leave_few_backups_and_the_first_good_one()
    {
        using var scenario = await CrashScenario.MigrateAsync(orders: 300);
        scenario.Reset();
        var shop = scenario.Shop;
        HostProcess.Run(scenario.KilledAt("Apply:10"));
        var first = Path.GetFileName(Directory.GetDirectories(shop.Backups).Single());

        for (var start = 1; start < Starts; start++)
        {
            Assert.That(HostProcess.Run(scenario.KilledAt("Apply:10")).Code, Is.EqualTo(HostProcess.Killed));
        }

        var backups = await shop.Manager(ShopRelease.Final).Backups.VerifyAsync();
        Assert.That(backups, Has.Count.LessThanOrEqualTo(1 + MaxAsides));
        Assert.That(backups[^1].Backup.Id, Is.EqualTo(first));
        Assert.That(backups[^1].Faults, Is.Empty);
        Assert.That(await scenario.NextStartAsync(recoverFirst: false), Is.Empty);
    }

    [Test]
    public async Task Twenty_runs_that_end_between_backup_and_journal_leave_few_backups_and_the_first_good_one()
    {
        await Shop.CreateFirstReleaseAsync(orders: 300);
        var manager = Shop.Manager<ShopContext>(o => o.BackupsToKeep = 3);
        var before = Shop.Dump();
        var ids = new List<string>();
        for (var start = 0; start < Starts; start++)
        {
            Assert.ThrowsAsync<BackupFailedException>(() => manager.MigrateAsync(new ThrowWhenBackedUp()));
            ids.Add((await manager.Backups.ListAsync())[0].Id);
        }

        var left = (await manager.Backups.VerifyAsync()).Where(backup => backup.IsGood).Select(b => b.Backup.Id);

        Assert.That(
            left.Order(),
            Is.EqualTo((string[])[ids[0], .. ids[^4..]]),
            "the first, three to keep and the last"
        );
        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }

    [Test]
    public async Task Twenty_failing_starts_leave_few_backups_and_the_first_good_one()
    {
        await Shop.CreateFirstReleaseAsync(orders: 300);
        var manager = Shop.Manager<FailingShopContext>(o => o.BackupsToKeep = 3);
        var before = Shop.Dump();
        Assert.ThrowsAsync<MigrationFailedException>(() => manager.MigrateAsync());
        var first = (await manager.Backups.ListAsync()).Single().Id;

        for (var start = 1; start < Starts; start++)
        {
            Assert.ThrowsAsync<MigrationFailedException>(() => manager.MigrateAsync());
        }

        var backups = await manager.Backups.VerifyAsync();
        Assert.That(backups, Has.Count.EqualTo(5), "the first, three to keep and the last");
        Assert.That(backups[^1].Backup.Id, Is.EqualTo(first));
        Assert.That(backups.Select(backup => backup.IsGood), Is.All.True);
        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }

    [Test]
    public async Task No_old_copy_is_ever_restored_over_newer_rows()
    {
        await CreateFirstReleaseAsync();
        Assert.ThrowsAsync<MigrationFailedException>(() =>
            Shop.Manager<ShopContext, FailingShopContext>().MigrateAsync()
        );
        await Shop.Manager(ShopRelease.Revertible).MigrateAsync();
        AddOrders("newer");

        var exit = HostProcess.Run(
            new HostCommand(Shop.Folder, RunActivity.Migrate, ShopRelease.Final, KillAt: "Apply:4")
        );
        await Shop.Manager(ShopRelease.Final).MigrateAsync();
        AddOrders("newest");
        await Shop.Manager(ShopRelease.Final).MigrateAsync();

        Assert.That(exit.Code, Is.EqualTo(HostProcess.Killed), exit.Error);
        foreach (var database in new[] { "shop", "archive" })
        {
            var newest = Shop.Column("SELECT customer FROM orders ORDER BY id DESC LIMIT 2", database);
            Assert.That(newest, Is.EqualTo(new[] { "newest", "newer" }));
            Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders", database), Is.EqualTo(102));
        }
    }

    [Test]
    public async Task A_recovery_leaves_a_database_alone_that_the_dead_run_did_not_know()
    {
        await CreateFirstReleaseAsync();
        var archive = Shop.Dump("archive");
        LeaveDeadRunOfTheShopAlone();

        await Shop.Manager(ShopRelease.First).RecoverAsync();
        Assert.That(Shop.Dump("archive"), Is.EqualTo(archive));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(100));
    }

    [Test]
    public async Task A_run_after_such_a_recovery_has_a_backup_of_all_its_databases()
    {
        await CreateFirstReleaseAsync();
        var archive = Shop.Dump("archive");
        LeaveDeadRunOfTheShopAlone();

        Assert.ThrowsAsync<MigrationFailedException>(() =>
            Shop.Manager<ShopContext, FailingShopContext>().MigrateAsync()
        );

        Assert.That(Shop.Dump("archive"), Is.EqualTo(archive));
    }

    private async Task CreateFirstReleaseAsync()
    {
        await Shop.CreateFirstReleaseAsync(orders: 100);
        await Shop.CreateFirstReleaseAsync(orders: 100, "archive");
    }

    private void AddOrders(string customer)
    {
        Shop.Execute($"INSERT INTO orders (customer) VALUES ('{customer}')", "shop");
        Shop.Execute($"INSERT INTO orders (customer) VALUES ('{customer}')", "archive");
    }

    /// <summary>
    /// The previous release had only the shop: its run was killed, and the program with both finds the
    /// journal.
    /// </summary>
    private void LeaveDeadRunOfTheShopAlone()
    {
        string? journal = null;
        var watch = new OnPhase(MigrationPhase.Validate, () => journal = File.ReadAllText(Shop.Journal));
        Shop.Manager<RevertibleShopContext>().MigrateAsync(watch).GetAwaiter().GetResult();
        File.WriteAllText(Shop.Journal, journal);
    }

    private sealed class ThrowWhenBackedUp : IProgress<MigrationProgress>
    {
        private int _points;

        public void Report(MigrationProgress value)
        {
            // The copy, its end, before and after the rename.
            if (value.Phase == MigrationPhase.BackUp && ++_points == 4)
            {
                throw new InvalidOperationException("The set has its name.");
            }
        }
    }
}
