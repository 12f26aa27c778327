namespace RagStudio.Data.Migrator.Sqlite.Tests.Plan;

public sealed class RehearsalTests : ShopTest
{
    private const int Orders = 50;

    [SetUp]
    public Task CreateDatabase() => Shop.CreateFirstReleaseAsync(Orders);

    [Test]
    public async Task A_dry_run_tells_what_a_run_would_do_and_leaves_no_trace()
    {
        var before = Shop.Files();

        var summary = await DryRun<ShopContext>().MigrateAsync();

        Assert.Multiple(() =>
        {
            Assert.That(summary.Success);
            Assert.That(summary.BackupId, Is.Null);
            Assert.That(summary.Rehearsal!.Success);
            Assert.That(
                summary.Rehearsal!.Databases.Single().Migrations.Select(migration => migration.Version),
                Is.EqualTo(new[] { IndexOrders.Version, RequireCustomer.Version, TrimCustomers.Version })
            );
            Assert.That(
                summary.Rehearsal.PeakDiskBytes,
                Is.GreaterThan(new FileInfo(Shop.PathOf("shop")).Length),
                "a rebuild needs more than the copy"
            );
            Assert.That(Shop.Files(), Is.EqualTo(before));
        });
    }

    [Test]
    public void A_dry_run_that_fails_says_what_failed_and_leaves_no_trace()
    {
        var before = Shop.Files();

        var failure = Assert.ThrowsAsync<RehearsalFailedException>(() => DryRun<FailingShopContext>().MigrateAsync());

        Assert.Multiple(() =>
        {
            Assert.That(failure!.DataState, Is.EqualTo(DataState.Unchanged));
            Assert.That(failure.InnerException, Is.InstanceOf<MigrationFailedException>());
            Assert.That(failure.Report.Error, Does.Contain("cause_is_gone"));
            Assert.That(
                failure.Report.Databases.Single().Migrations.Select(migration => migration.Success),
                Is.EqualTo(new[] { true, false })
            );
            Assert.That(failure.Message, Does.EndWith("The databases themselves were not touched."));
            Assert.That(Shop.Files(), Is.EqualTo(before));
        });
    }

    [Test]
    public void A_dry_run_finds_what_only_the_checks_after_it_see()
    {
        var failure = Assert.ThrowsAsync<RehearsalFailedException>(() => DryRun<LosingShopContext>().MigrateAsync());

        Assert.That(failure!.InnerException, Is.InstanceOf<ValidationFailedException>());
        Assert.That(Shop.Scalar<long>("SELECT COUNT(*) FROM orders"), Is.EqualTo(Orders));
    }

    [Test]
    public async Task A_dry_run_works_beside_a_program_that_writes_and_sees_what_is_in_its_wal()
    {
        using var program = Shop.Open();
        Shop.Execute("INSERT INTO orders (customer) VALUES ('in the wal')");
        var writes = 0;
        var progress = new DirectProgress(_ =>
        {
            using var command = program.CreateCommand();
            command.CommandText = "INSERT INTO orders (customer) VALUES ('meanwhile')";
            writes += command.ExecuteNonQuery();
        });

        var summary = await DryRun<LosingShopContext>(o => o.AllowDestructive = true).MigrateAsync(progress);

        var rows = summary.Rehearsal!.Rows.Single(row => row.Table == "orders");
        Assert.Multiple(() =>
        {
            Assert.That(rows.Before, Is.GreaterThan(Orders), "what is in the WAL is seen");
            Assert.That(rows.After, Is.EqualTo(rows.Before - Losing.Rows), "what was written later is not");
            Assert.That(writes, Is.GreaterThan(5));
            Assert.That(Shop.Scalar<long>("SELECT COUNT(*) FROM orders"), Is.EqualTo(Orders + 1 + writes));
        });
    }

    [Test]
    public async Task A_dry_run_of_a_set_that_does_not_exist_makes_no_file()
    {
        using var empty = new Shop();

        var summary = await empty.Manager<ShopContext>(o => o.DryRun = true).MigrateAsync();

        Assert.That(summary.Rehearsal!.Databases.Single().Migrations, Has.Count.EqualTo(4));
        Assert.That(Directory.EnumerateFileSystemEntries(empty.Folder), Is.Empty);
    }

    [Test]
    public async Task A_dry_run_with_nothing_pending_rehearses_nothing()
    {
        var summary = await DryRun<FirstShopContext>().MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(summary.Rehearsal, Is.Null);
    }

    [Test]
    public void A_dry_run_that_is_cancelled_leaves_no_trace()
    {
        var before = Shop.Files();
        using var source = new CancellationTokenSource();
        var progress = new DirectProgress(step =>
        {
            if (step.Version is not null)
            {
                source.Cancel();
            }
        });

        Assert.CatchAsync<OperationCanceledException>(() =>
            DryRun<EndlessShopContext>().MigrateAsync(progress, source.Token)
        );

        Assert.That(Shop.Files(), Is.EqualTo(before));
    }

    [Test]
    public void A_run_whose_rehearsal_fails_never_touches_the_databases()
    {
        var before = (Shop.Dump(), Shop.Scalar<long>("SELECT COUNT(*) FROM __migrator_history"));

        Assert.ThrowsAsync<RehearsalFailedException>(() =>
            Shop.Manager<FailingShopContext>(o => o.RehearseBeforeMigrate = RehearsalPolicy.Always).MigrateAsync()
        );

        Assert.Multiple(() =>
        {
            Assert.That(
                (Shop.Dump(), Shop.Scalar<long>("SELECT COUNT(*) FROM __migrator_history")),
                Is.EqualTo(before)
            );
            Assert.That(Shop.Backups, Does.Not.Exist, "there was nothing to undo");
            Assert.That(Leftovers(), Is.Empty);
        });
    }

    [Test]
    public async Task A_run_whose_rehearsal_goes_well_is_run_and_tells_of_it()
    {
        var summary = await Shop.Manager<ShopContext>(o => o.RehearseBeforeMigrate = RehearsalPolicy.Always)
            .MigrateAsync();

        Assert.Multiple(() =>
        {
            Assert.That(summary.Rehearsal!.Success);
            Assert.That(summary.BackupId, Is.Not.Null);
            Assert.That(summary.Databases.Single().Migrations, Has.Count.EqualTo(3));
            Assert.That(Leftovers(), Is.Empty);
        });
    }

    [TestCase(RehearsalPolicy.Never)]
    [TestCase(RehearsalPolicy.WhenDestructive)]
    public async Task A_run_that_destroys_nothing_is_rehearsed_only_where_that_is_wanted(RehearsalPolicy policy)
    {
        var summary = await Shop.Manager<ShopContext>(o => o.RehearseBeforeMigrate = policy).MigrateAsync();

        Assert.That(summary.Rehearsal, Is.Null);
    }

    [Test]
    public async Task What_a_killed_rehearsal_left_is_removed_and_a_living_one_is_not()
    {
        var marker = await MarkerOfARehearsalAsync();
        var (dead, living) = (Leave("dead", marker), Leave("living", marker));
        using var alive = new FileStream(
            Path.Combine(living, "alive"),
            FileMode.Open,
            FileAccess.ReadWrite,
            FileShare.None
        );

        await Shop.Manager<ShopContext>().MigrateAsync();

        Assert.That(dead, Does.Not.Exist);
        Assert.That(Leftovers(), Is.EqualTo(new[] { living }));
    }

    [TestCase("", Description = "somebody else's")]
    [TestCase("I am alive\n")]
    [TestCase("{}")]
    [TestCase("of another database")]
    public async Task A_folder_of_somebody_elses_rehearsal_is_left_alone(string alive)
    {
        var marker = await MarkerOfARehearsalAsync();
        var text = alive != "of another database" ? alive : marker.Replace("shop.db", "b.db", StringComparison.Ordinal);
        var theirs = Leave("x", text);

        await Shop.Manager<ShopContext>().MigrateAsync();

        Assert.That(Path.Combine(theirs, "shop.db"), Does.Exist);
    }

    [Test]
    public async Task A_folder_that_only_has_the_name_of_a_rehearsal_is_left_alone()
    {
        var mine = Path.Combine(Shop.Folder, ".rehearsal-of-my-band");
        Directory.CreateDirectory(mine);
        File.WriteAllText(Path.Combine(mine, "song.txt"), "mine");

        await Shop.Manager<ShopContext>().MigrateAsync();

        Assert.That(File.ReadAllText(Path.Combine(mine, "song.txt")), Is.EqualTo("mine"));
    }

    private async Task<string> MarkerOfARehearsalAsync()
    {
        var marker = "";
        var look = new DirectProgress(_ =>
            marker = Leftovers() is [var only] ? Read(Path.Combine(only, "alive")) : marker
        );
        await DryRun<ShopContext>().MigrateAsync(look);
        Assert.That(marker, Is.Not.Empty);
        return marker;
    }

    /// <summary>Reads a file that its process keeps open, which locks out only readers that use .NET's locks.</summary>
    private static string Read(string file)
    {
        using var cat = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("cat", [file]) { RedirectStandardOutput = true }
        )!;
        return cat.StandardOutput.ReadToEnd();
    }

    private string Leave(string name, string alive)
    {
        var path = Directory.CreateDirectory(Path.Combine(Shop.Folder, ".rehearsal-" + name)).FullName;
        File.WriteAllText(Path.Combine(path, "shop.db"), "a copy");
        File.WriteAllText(Path.Combine(path, "alive"), alive);
        return path;
    }

    private string[] Leftovers() => Directory.GetDirectories(Shop.Folder, ".rehearsal-*");

    private IMigrationManager DryRun<TContext>(Action<MigrationOptions>? configure = null)
        where TContext : Microsoft.EntityFrameworkCore.DbContext =>
        Shop.Manager<TContext>(options =>
        {
            options.DryRun = true;
            configure?.Invoke(options);
        });

    private sealed class DirectProgress(Action<MigrationProgress> act) : IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value) => act(value);
    }
}
