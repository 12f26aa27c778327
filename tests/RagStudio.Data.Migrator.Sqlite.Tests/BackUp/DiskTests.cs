namespace RagStudio.Data.Migrator.Sqlite.Tests.BackUp;

/// <summary>A disk that is full at some write of a run, and one that accepts no writes at all.</summary>
public sealed class DiskTests
{
    private const long Plenty = 64 * 1024;
    private const long Small = 8 * 1024;
    private const long Step = 128;

    private readonly TemporaryFolder _folder = new();

    [OneTimeSetUp]
    public async Task PrepareAsync()
    {
        using var shop = new Shop(_folder.Path);
        await shop.CreateFirstReleaseAsync(orders: 4000);
        await shop.CreateFirstReleaseAsync(orders: 4000, "archive");
    }

    [OneTimeTearDown]
    public void DisposeFolder() => _folder.Dispose();

    [Test]
    public async Task A_disk_that_is_full_at_any_write_of_a_migration_takes_no_row()
    {
        var (failures, size) = (0, Used() + 8);
        while (!await SucceedsAsync(size, manager => manager.MigrateAsync()))
        {
            failures++;
            size += Step;
        }
        Assert.That(failures, Is.GreaterThan(5));
    }

    [Test]
    public async Task A_disk_that_is_full_at_any_write_of_a_backup_takes_no_row()
    {
        var (failures, size) = (0, Used() + 8);
        while (!await SucceedsAsync(size, manager => manager.Backups.CreateAsync()))
        {
            failures++;
            size += Step;
        }
        Assert.That(failures, Is.GreaterThan(2));
    }

    /// <summary>
    /// The space runs out after it was checked: another program fills the disk at one point of the run after
    /// another.
    /// </summary>
    [Test]
    public async Task A_disk_that_fills_up_at_any_point_of_a_migration_takes_no_row()
    {
        var (point, reached) = (1, true);
        while (reached)
        {
            reached = await FillsUpAsync(point);
            point += 2;
        }
        Assert.That(point, Is.GreaterThan(30));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_run_that_needs_more_room_than_there_is_is_refused_before_anything_is_made(bool backupsElsewhere)
    {
        using var disk = MountedFolder.Mount(Plenty);
        using var elsewhere = new TemporaryFolder();
        var shop = CopyTo(disk.Path);
        var backups = backupsElsewhere ? elsewhere.Combine("backups") : shop.Backups;
        var before = ShopState.Read(shop);
        disk.Resize(Used() + 200);

        var failure = Assert.ThrowsAsync<PlanRefusedException>(() =>
            shop.Manager(ShopRelease.Final, options => options.BackupDirectory = backups).MigrateAsync()
        )!;

        Assert.That(failure.Message, Does.Contain("MB of free space").And.Contain(disk.Path));
        Assert.That(Directory.Exists(backups), Is.False);
        disk.Resize(Plenty);
        Assert.That(ShopState.Read(shop), Is.EqualTo(before));
    }

    [Test]
    public async Task A_read_only_disk_is_told_as_such()
    {
        using var disk = MountedFolder.Mount(Plenty);
        var shop = CopyTo(disk.Path);
        var before = File.ReadAllBytes(shop.PathOf("shop"));
        disk.MakeReadOnly();

        var failure = Assert.ThrowsAsync<DatabaseAccessException>(() =>
            shop.Manager(ShopRelease.Final).MigrateAsync()
        )!;

        Assert.That(failure.Problem, Is.EqualTo(DatabaseProblem.ReadOnly));
        Assert.That(failure.DataState, Is.EqualTo(DataState.Unchanged));
        Assert.That(File.ReadAllBytes(shop.PathOf("shop")), Is.EqualTo(before));
    }

    private long Used() =>
        new DirectoryInfo(_folder.Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length) / 1024;

    /// <summary>
    /// Tries a disk of the given size. If it fails, the error has a type; with more space everything is as
    /// before, and then it works.
    /// </summary>
    private async Task<bool> SucceedsAsync(long kilobytes, Func<IMigrationManager, Task> run)
    {
        using var disk = MountedFolder.Mount(Plenty);
        var shop = CopyTo(disk.Path);
        var before = ShopState.Read(shop);
        disk.Resize(kilobytes);

        var failure = await CatchAsync(() => run(shop.Manager(ShopRelease.Final)));

        disk.Resize(Plenty);
        if (failure is null)
        {
            return true;
        }
        Assert.That(failure, Is.InstanceOf<MigrationException>(), $"{kilobytes} kB: {failure}");
        await shop.Manager(ShopRelease.Final).RecoverAsync();
        Assert.That(ShopState.Read(shop), Is.EqualTo(before), $"{kilobytes} kB");
        await AssertMigratesAsync(shop);
        return false;
    }

    private async Task<bool> FillsUpAsync(int point)
    {
        using var disk = MountedFolder.Mount(Small);
        var shop = CopyTo(disk.Path);
        var before = ShopState.Read(shop);
        var ballast = new FillAt(point, Path.Combine(disk.Path, "ballast"));
        RunPoints.Watch(_ => ballast.Pass());

        var failure = await CatchAsync(() => shop.Manager(ShopRelease.Final).MigrateAsync(ballast));

        Assert.That(failure, Is.Null.Or.InstanceOf<MigrationException>(), $"filled at {point}");
        disk.Resize(Plenty);
        if (failure is not null)
        {
            await shop.Manager(ShopRelease.Final).RecoverAsync();
            Assert.That(ShopState.Read(shop), Is.EqualTo(before), $"filled at {point}");
        }
        await AssertMigratesAsync(shop);
        return ballast.Reached;
    }

    private static async Task AssertMigratesAsync(Shop shop)
    {
        await shop.Manager(ShopRelease.Final).MigrateAsync();
        foreach (var database in new[] { "shop", "archive" })
        {
            Assert.That(shop.Scalar<string>("PRAGMA integrity_check", database), Is.EqualTo("ok"));
            Assert.That(shop.Scalar<long>("SELECT count(*) FROM orders", database), Is.EqualTo(4000));
            Assert.That(shop.Scalar<long>("SELECT count(*) FROM __EFMigrationsHistory", database), Is.EqualTo(4));
        }
    }

    private Shop CopyTo(string folder)
    {
        foreach (var file in Directory.GetFiles(_folder.Path))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
        return new Shop(folder);
    }

    private static async Task<Exception?> CatchAsync(Func<Task> run)
    {
        try
        {
            await run();
            return null;
        }
        // Any exception: the test then asserts its type.
        catch (Exception failure)
        {
            return failure;
        }
    }
}
