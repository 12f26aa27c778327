namespace RagStudio.Data.Migrator.Sqlite.Tests.Recover;

/// <summary>Interrupted runs, simulated by a copy of their folder made during the run.</summary>
public sealed class InterruptedRunTests : ShopTest
{
    [Test]
    public async Task The_next_start_undoes_what_a_dead_run_left_and_goes_on()
    {
        await CreateBothAsync();
        var before = (Shop.Dump("shop"), Shop.Dump("archive"));
        await DieAsync(Manager, step => step is { Database: "archive", Version: RequireCustomer.Version });
        Assert.That((await Manager().GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.Interrupted));

        var recovered = await Manager().RecoverAsync();

        Assert.That((Shop.Dump("shop"), Shop.Dump("archive")), Is.EqualTo(before));
        Assert.That(recovered.Restored);
        Assert.That(recovered.AsideBackupId, Is.Not.Null, "what it replaced is kept");
        Assert.That((await Manager().GetHistoryAsync(limit: 1))[0].Event, Is.EqualTo(MigrationEvent.Recovered));
        Assert.That((await Manager().GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.Pending));
        Assert.That((await Manager().MigrateAsync()).Success);
    }

    [Test]
    public async Task A_run_that_only_lacks_its_end_is_ended()
    {
        await CreateBothAsync();
        await DieAsync(Manager, at: RunPoints.JournalValidated);
        var migrated = (Shop.Dump("shop"), Shop.Dump("archive"));

        var summary = await Manager().MigrateAsync();

        Assert.That(summary.Databases.Sum(d => d.Migrations.Count), Is.Zero);
        Assert.That((Shop.Dump("shop"), Shop.Dump("archive")), Is.EqualTo(migrated));
        Assert.That((await Manager().GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
    }

    [Test]
    public async Task A_dead_first_run_leaves_no_half_created_database()
    {
        await DieAsync(Manager, step => step is { Database: "archive", Version: IndexOrders.Version });

        var recovered = await Manager().RecoverAsync();

        Assert.That(recovered.Restored);
        Assert.That(Directory.GetFiles(Shop.Folder, "*.db"), Is.Empty);
        Assert.That((await Manager().MigrateAsync()).Success);
    }

    [Test]
    public async Task A_program_with_a_part_of_the_set_leaves_the_recovery_to_one_with_the_whole()
    {
        await CreateBothAsync();
        await DieAsync(Manager, step => step is { Database: "archive", Version: RequireCustomer.Version });
        var before = Shop.Dump("archive");
        var part = Testing.Shop.Manager(
            null,
            m => m.AddSqliteDatabase<RevertibleShopContext>("archive", $"Data Source={Shop.PathOf("archive")}")
        );

        var failure = Assert.ThrowsAsync<RecoveryFailedException>(() => part.RollbackToVersionAsync("0"));

        Assert.That(failure!.JournalPath, Does.StartWith(Shop.PathOf("shop")));
        Assert.That(Shop.Dump("archive"), Is.EqualTo(before));
        Assert.That((await Manager().RecoverAsync()).Restored);
    }

    [Test]
    public async Task RecoverAsync_does_nothing_without_a_dead_run()
    {
        await CreateBothAsync();
        var before = Shop.Files();

        var recovered = await Manager().RecoverAsync();

        Assert.That(recovered.InterruptedRunId, Is.Null);
        Assert.That(Shop.Files(), Is.EqualTo(before));
    }

    private IMigrationManager Manager() => Shop.Manager<RevertibleShopContext, RevertibleShopContext>();

    private async Task CreateBothAsync()
    {
        await Shop.CreateFirstReleaseAsync(orders: 30, "shop");
        await Shop.CreateFirstReleaseAsync(orders: 40, "archive");
    }

    /// <summary>Copies the folder in the middle of a run, and replaces the run's result with the copy.</summary>
    private async Task DieAsync(
        Func<IMigrationManager> manager,
        Predicate<MigrationProgress>? when = null,
        string? at = null
    )
    {
        using var copy = new Testing.TemporaryFolder();
        var moment = new Moment(when, () => Copy(Shop.Folder, copy.Path));
        RunPoints.At(at ?? "", moment.See);
        await manager().MigrateAsync(moment);
        Assert.That(moment.WasSeen);
        foreach (var file in Directory.GetFiles(Shop.Folder))
        {
            File.Delete(file);
        }
        Copy(copy.Path, Shop.Folder);
    }

    private static void Copy(string from, string to)
    {
        foreach (var folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        }
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            // In another process, because this one would drop its locks on a database by closing it here.
            using var cp = System.Diagnostics.Process.Start(
                "cp",
                [file, Path.Combine(to, Path.GetRelativePath(from, file))]
            );
            cp.WaitForExit();
        }
    }

    private sealed class Moment(Predicate<MigrationProgress>? when, Action act) : IProgress<MigrationProgress>
    {
        public bool WasSeen { get; private set; }

        public void Report(MigrationProgress value)
        {
            if (!WasSeen && when?.Invoke(value) == true)
            {
                See();
            }
        }

        public void See()
        {
            WasSeen = true;
            act();
        }
    }
}
