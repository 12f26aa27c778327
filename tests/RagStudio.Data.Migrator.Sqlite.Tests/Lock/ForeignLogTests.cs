namespace RagStudio.Data.Migrator.Sqlite.Tests.Lock;

/// <summary>A file has replaced another one, whose killed program has left its log there.</summary>
public sealed class ForeignLogTests : ShopTest
{
    private const string More = "INSERT INTO orders (id, customer) SELECT id + 100000, customer FROM orders";

    private string File => Shop.PathOf("shop");

    [TestCase(OddFile.OfYesterday)]
    [TestCase(OddFile.OfBackup)]
    [TestCase(OddFile.OfAnotherDatabase)]
    [TestCase(OddFile.WithOtherPages)]
    [TestCase(OddFile.Empty)]
    [TestCase(OddFile.Missing)]
    public async Task No_run_begins_with_a_file_and_a_log_that_contradict_each_other_and_both_stay(OddFile odd)
    {
        await PutAsync(odd);
        var before = HotLog.Of(File);
        var manager = Shop.Manager<ShopContext>();

        foreach (
            var run in new Func<Task>[]
            {
                () => manager.MigrateAsync(),
                () => Shop.Manager<ShopContext>(options => options.BackupBeforeMigration = false).MigrateAsync(),
                () => manager.RollbackToVersionAsync("0"),
                () => Shop.Manager<ShopContext>(options => options.DryRun = true).MigrateAsync(),
                () => manager.AcceptAsync("0", "why"),
                () => manager.Backups.PruneAsync(),
            }
        )
        {
            var failure = await FailureOfAsync(run);
            Assert.That(HotLog.Of(File), Is.EqualTo(before));
            Assert.That(failure?.Problem, Is.EqualTo(DatabaseProblem.ForeignLog).Or.Null);
        }

        var refused = (await FailureOfAsync(() => manager.Backups.PruneAsync()))!;
        Assert.That(refused.Problem, Is.EqualTo(DatabaseProblem.ForeignLog));
        Assert.That(refused.DataState, Is.EqualTo(DataState.Unchanged));
        Assert.That(refused.Message, Does.Contain($"{File}-wal").And.Contain("move the log away"));
    }

    [TestCase(OddFile.OfYesterday)]
    [TestCase(OddFile.OfBackup)]
    [TestCase(OddFile.OfAnotherDatabase)]
    [TestCase(OddFile.WithOtherPages)]
    public async Task A_migration_and_a_backup_are_refused(OddFile odd)
    {
        await PutAsync(odd);
        var before = HotLog.Of(File);

        var migration = await FailureOfAsync(() => Shop.Manager<ShopContext>().MigrateAsync());
        var backup = await FailureOfAsync(() => Shop.Manager<ShopContext>().Backups.CreateAsync());
        var plan = await FailureOfAsync(() => Shop.Manager<ShopContext>().PlanAsync());
        var check = await FailureOfAsync(() => Shop.Validate<ShopContext>());

        Assert.That(
            new[] { migration, backup, plan, check }.Select(failure => failure?.Problem),
            Is.All.EqualTo(DatabaseProblem.ForeignLog)
        );
        Assert.That(HotLog.Of(File), Is.EqualTo(before));
    }

    /// <summary>The message's advice works.</summary>
    [Test]
    public async Task A_run_goes_on_where_the_log_is_moved_away()
    {
        await PutAsync(OddFile.OfBackup);
        System.IO.File.Move(File + "-wal", File + "-kept");

        await Shop.Manager<ShopContext>().MigrateAsync();

        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(50));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_log_of_a_killed_program_is_read_and_checked_in(bool backsUp)
    {
        await Shop.CreateFirstReleaseAsync(orders: 50);
        HotLog.Leave(File, More);

        await Shop.Manager<ShopContext>(options => options.BackupBeforeMigration = backsUp).MigrateAsync();

        Assert.That(System.IO.File.Exists(File + "-wal"), Is.False);
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(100));
        Assert.That(Shop.Scalar<string>("PRAGMA integrity_check"), Is.EqualTo("ok"));
    }

    [Test]
    public async Task CreateAsync_copies_the_log_of_a_killed_program_and_leaves_it()
    {
        await Shop.CreateFirstReleaseAsync(orders: 50);
        HotLog.Leave(File, More);
        var before = HotLog.Of(File);

        var backup = await Shop.Manager<FirstShopContext>().Backups.CreateAsync();

        Assert.That(HotLog.Of(File), Is.EqualTo(before));
        Assert.That(backup!.Databases.Single().Rows!["orders"], Is.EqualTo(100));
        Assert.That((await Shop.Manager<FirstShopContext>().Backups.VerifyAsync()).Single().IsGood);
    }

    /// <summary>
    /// A mismatch that no header shows is found by the check before a migration, while both files still
    /// exist.
    /// </summary>
    [Test]
    public async Task A_migration_that_is_refused_for_damage_leaves_the_file_and_the_log()
    {
        await Shop.CreateFirstReleaseAsync(orders: 2000);
        HotLog.Leave(File, "UPDATE orders SET customer = 'x' WHERE id = 1");
        using (var file = System.IO.File.OpenWrite(File))
        {
            file.Position = 4096 * 4;
            file.Write(new byte[4096]);
        }
        var before = HotLog.Of(File);

        var failure = await FailureOfAsync(() => Shop.Manager<ShopContext>().MigrateAsync());

        Assert.That(failure!.Problem, Is.EqualTo(DatabaseProblem.Corrupt));
        Assert.That(HotLog.Of(File), Is.EqualTo(before));
    }

    [Test]
    public async Task Readers_leave_the_log_of_a_killed_program_as_it_is()
    {
        await Shop.CreateFirstReleaseAsync(orders: 50);
        HotLog.Leave(File, More);
        var before = HotLog.Of(File);
        var manager = Shop.Manager<ShopContext>();

        await manager.GetStatusAsync();
        await manager.PlanAsync();
        await manager.GetHistoryAsync();
        await Shop.Validate<FirstShopContext>();

        Assert.That(HotLog.Of(File), Is.EqualTo(before));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(100));
    }

    private async Task PutAsync(OddFile odd)
    {
        await Shop.CreateFirstReleaseAsync(orders: 50);
        var yesterday = System.IO.File.ReadAllBytes(File);
        var copy = odd == OddFile.OfBackup ? await BackUpAsync() : null;
        if (odd == OddFile.OfYesterday)
        {
            Shop.Execute("INSERT INTO orders (customer) VALUES (hex(zeroblob(20000)))");
            Shop.Execute("INSERT INTO orders (customer) VALUES (hex(zeroblob(20000)))");
        }
        HotLog.Leave(File, "CREATE TABLE later (x); INSERT INTO orders (customer) VALUES (hex(zeroblob(9000)))");
        switch (odd)
        {
            case OddFile.OfYesterday:
                System.IO.File.WriteAllBytes(File, yesterday);
                break;
            case OddFile.OfBackup:
                System.IO.File.Copy(copy!, File, overwrite: true);
                break;
            case OddFile.OfAnotherDatabase:
                await Shop.Manager<ShopContext, ShopContext>().MigrateAsync();
                HotLog.Leave(File, "INSERT INTO orders (customer) VALUES (hex(zeroblob(9000)))");
                await Shop.CreateFirstReleaseAsync(orders: 500, "other");
                System.IO.File.Copy(Shop.PathOf("other"), File, overwrite: true);
                break;
            case OddFile.WithOtherPages:
                Shop.Execute("PRAGMA page_size = 8192; VACUUM INTO '" + Shop.PathOf("pages") + "'");
                HotLog.Leave(File, "INSERT INTO orders (customer) VALUES (hex(zeroblob(9000)))");
                Shop.Execute("PRAGMA journal_mode = WAL", "pages");
                System.IO.File.Copy(Shop.PathOf("pages"), File, overwrite: true);
                break;
            case OddFile.Empty:
                System.IO.File.WriteAllBytes(File, []);
                break;
            case OddFile.Missing:
                System.IO.File.Delete(File);
                break;
        }
    }

    private async Task<string> BackUpAsync()
    {
        var backup = await Shop.Manager<FirstShopContext>().Backups.CreateAsync();
        return Path.Combine(Shop.Backups, backup!.Id, "shop.db");
    }

    private static async Task<DatabaseAccessException?> FailureOfAsync(Func<Task> run)
    {
        try
        {
            await run();
            return null;
        }
        catch (DatabaseAccessException failure)
        {
            return failure;
        }
        catch (MigrationException)
        {
            return null;
        }
    }

    /// <summary>The file beside the log.</summary>
    public enum OddFile
    {
        OfYesterday,
        OfBackup,
        OfAnotherDatabase,
        WithOtherPages,
        Empty,
        Missing,
    }
}
