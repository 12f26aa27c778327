using System.Runtime.Versioning;
using RagStudio.Data.CrashHost;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Storage;

namespace RagStudio.Data.Migrator.Sqlite.Tests.BackUp;

/// <summary>Backups on file systems that share blocks between files, each mounted from a file.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("xfs")]
[TestFixture("btrfs")]
[Parallelizable(ParallelScope.Self)]
public sealed class CloneTests(string fileSystem)
{
    /// <summary>What a file system writes about files.</summary>
    private const long Small = 8 << 20;

    private MountedFolder _disk = null!;
    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void Mount() => _disk = MountedFolder.MountImage(fileSystem, megabytes: 512);

    [OneTimeTearDown]
    public void Unmount() => _disk?.Dispose();

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder(_disk.Path);

    [TearDown]
    public void DisposeFolder() => _folder.Dispose();

    [Test]
    public async Task SnapshotAsync_shares_the_blocks_of_a_held_database_and_keeps_it_locked(
        [Values("WAL", "DELETE")] string mode
    )
    {
        var live = new CopyFile(_folder.Combine("live.db")).Create(4096, mode, rows: 30_000);
        var copy = new CopyFile(_folder.Combine("copy.db"));
        var (before, pages) = (live.Dump(), live.Scalar<long>("PRAGMA page_count"));
        File.AppendAllText(live.Path, new string('x', 10_000));
        File.SetUnixFileMode(live.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var (used, outside) = (_disk.UsedBytes(), new List<string>());
        StorageCopy made;
        await using (var session = await HoldAsync(live))
        {
            made = await session.SnapshotAsync(copy.Path, progress: null, WorkLimits.None);
            outside.Add(Write(live));
        }

        var (there, here) = (File.ReadAllBytes(live.Path), File.ReadAllBytes(copy.Path));
        Assert.Multiple(() =>
        {
            Assert.That(here, Has.Length.EqualTo(pages * 4096).And.Length.GreaterThan(3 * Small));
            Assert.That(_disk.UsedBytes() - used, Is.LessThan(Small), "the blocks are shared");
            Assert.That(made, Is.EqualTo(new StorageCopy(pages, Sha256: null)));
            Assert.That(outside, Is.All.Contains("locked"), "no lock was dropped");
            Assert.That(here[18..20], Is.EqualTo(new byte[] { mode == "WAL" ? (byte)2 : (byte)1, 1 }));
            Assert.That(here.AsSpan(20).SequenceEqual(there.AsSpan(20, here.Length - 20)));
            Assert.That(File.GetUnixFileMode(copy.Path), Is.EqualTo(File.GetUnixFileMode(live.Path)));
        });
        live.Execute("DELETE FROM notes");
        Assert.That(copy.Dump(), Is.EqualTo(before).And.StartsWith("ok"), "it is a state of its own");
        Assert.That(Directory.GetFiles(_folder.Path, "copy.db*"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Where_blocks_cannot_be_shared_SnapshotAsync_copies()
    {
        using var elsewhere = new TemporaryFolder();
        var live = new CopyFile(_folder.Combine("live.db")).Create(4096, "WAL");
        var copy = new CopyFile(elsewhere.Combine("copy.db"));
        await using (var session = await HoldAsync(live))
        {
            Assert.That((await session.SnapshotAsync(copy.Path, null, WorkLimits.None)).Sha256, Has.Length.EqualTo(64));
        }

        Assert.That(copy.Dump(), Is.EqualTo(live.Dump()));
        Assert.That(Directory.GetFiles(elsewhere.Path), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task CloneAsync_shares_the_blocks_for_a_rehearsal()
    {
        var live = new CopyFile(_folder.Combine("live.db")).Create(4096, "WAL", rows: 30_000);
        var (copy, used) = (_folder.Combine("copy.db"), _disk.UsedBytes());
        await using (var session = await HoldAsync(live))
        {
            var request = new CloneRequest([], MaxRows: 0);
            await session.CloneAsync(new SqliteStorage(new FileInfo(copy)), request, progress: null, WorkLimits.None);
        }

        Assert.That(_disk.UsedBytes() - used, Is.LessThan(Small));
        Assert.That(File.ReadAllBytes(copy).AsSpan().SequenceEqual(File.ReadAllBytes(live.Path)));
    }

    [TestCase(true, "ok")]
    [TestCase(false, "not checked")]
    public async Task The_set_before_a_run_is_of_clones_and_one_on_request_of_copies(bool checksAll, string check)
    {
        var shop = await CreateShopAsync();
        var before = ShopState.Read(shop);
        var bytes = new FileInfo(shop.PathOf("shop")).Length + new FileInfo(shop.PathOf("archive")).Length;
        var manager = shop.Manager(
            ShopRelease.Final,
            options => options.CheckEverythingUpTo = checksAll ? long.MaxValue : 0
        );
        var used = _disk.UsedBytes();
        RunPoints.At(RunPoints.BackupNamed, () => used = _disk.UsedBytes() - used);

        var run = await manager.MigrateAsync();
        RunPoints.Watch(_ => { });
        var asked = (await manager.Backups.CreateAsync())!;

        Assert.That(used, Is.LessThan(bytes / 2), "nothing was copied");
        var made = (await manager.Backups.ListAsync()).Single(set => set.Id == run.BackupId);
        Assert.That(made.Verified, Is.EqualTo(checksAll));
        Assert.That(made.FormatVersion, Is.EqualTo(2));
        Assert.That(
            made.Databases.Select(copy => (copy.Kind, copy.Sha256, copy.Rows, copy.Check)),
            Is.All.EqualTo((BackupKind.Clone, default(string), default(IReadOnlyDictionary<string, long>), check))
        );
        Assert.That(asked.FormatVersion, Is.EqualTo(1));
        Assert.That(asked.Databases.Select(copy => copy.Sha256?.Length), Is.All.EqualTo(64));
        Assert.That((await manager.Backups.VerifyAsync()).SelectMany(found => found.Faults), Is.Empty);

        await manager.RestoreAsync(made.Id);

        Assert.That(ShopState.Read(shop), Is.EqualTo(before));
    }

    [TestCase("short")]
    [TestCase("damaged")]
    [TestCase("of another state")]
    public async Task A_clone_that_is_not_what_it_was_is_never_restored(string fault)
    {
        var shop = await CreateShopAsync();
        var manager = shop.Manager(ShopRelease.Final);
        var first = await manager.MigrateAsync();
        var (before, damaged) = (ShopState.Read(shop), Path.Combine(shop.Backups, first.BackupId!, "shop.db"));
        switch (fault)
        {
            case "short":
                using (var file = new FileStream(damaged, FileMode.Open))
                {
                    file.SetLength(file.Length - 4096);
                }
                break;
            case "damaged":
                Damage(damaged);
                break;
            default:
                new CopyFile(damaged).Execute("DELETE FROM __EFMigrationsHistory");
                break;
        }

        var failure = Assert.ThrowsAsync<BackupFailedException>(() => manager.RestoreAsync(first.BackupId!))!;

        Assert.That(failure.Message, Does.Contain("shop.db"));
        Assert.That(ShopState.Read(shop), Is.EqualTo(before));
        var verified = await manager.Backups.VerifyAsync();
        Assert.That(verified.Single(found => found.Backup.Id == first.BackupId).IsGood, Is.False);
    }

    [Test]
    public async Task A_run_killed_around_its_clones_is_undone_or_done_by_the_next_start()
    {
        using var scenario = await CrashScenario.MigrateAsync(orders: 50, disk: _disk.Path);
        string[] points = ["BackUp:1", "BackUp:5", "BackupWritten:1", "Apply:9"];
        foreach (var (i, point) in points.Index())
        {
            scenario.Reset();

            var exit = HostProcess.Run(scenario.KilledAt(point));

            Assert.That(exit.Code, Is.EqualTo(HostProcess.Killed), $"{point}: {exit.Error}");
            Assert.That(await scenario.NextStartAsync(recoverFirst: i % 2 == 0), Is.Empty, point);
            var verified = await scenario.Manager.Backups.VerifyAsync();
            Assert.That(verified.SelectMany(found => found.Faults), Is.Empty, point);
            Assert.That(Directory.GetDirectories(scenario.Shop.Backups, "*.partial"), Is.Empty, point);
        }
    }

    [Test]
    public async Task A_clone_of_what_a_killed_run_left_is_not_checked_until_it_is_needed()
    {
        using var scenario = await CrashScenario.MigrateAsync(orders: 50, disk: _disk.Path);
        scenario.Reset();
        HostProcess.Run(scenario.KilledAt("JournalBegun:1"));
        // Only a database without a log is cloned: the log of a killed run stays as it is.
        Array.ForEach(["shop", "archive"], one => scenario.Shop.Execute("PRAGMA wal_checkpoint(TRUNCATE)", one));

        await scenario.Manager.RecoverAsync();

        var left = (await scenario.Manager.Backups.ListAsync()).Single(set => set.Reason == BackupReason.Interrupted);
        Assert.That(
            left.Databases.Select(copy => (copy.Kind, copy.Check)),
            Is.All.EqualTo((BackupKind.Clone, BackupDatabase.NotChecked))
        );
        Assert.That(left.Verified, Is.False);
        Damage(Path.Combine(scenario.Shop.Backups, left.Id, "shop.db"));
        var before = ShopState.Read(scenario.Shop);
        Assert.That(
            Assert.ThrowsAsync<BackupFailedException>(() => scenario.Manager.RestoreAsync(left.Id))!.Message,
            Does.Contain("perhaps since its database was").And.Contain("--even-damaged")
        );
        Assert.That(ShopState.Read(scenario.Shop), Is.EqualTo(before));
        await scenario.Shop.Manager(ShopRelease.Final, options => options.RestoreDamaged = true).RestoreAsync(left.Id);
    }

    /// <summary>Damages the structure of the second page.</summary>
    private static void Damage(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[4096] ^= 0x7F;
        File.WriteAllBytes(file, bytes);
    }

    private async Task<Shop> CreateShopAsync()
    {
        var shop = new Shop(_folder.Path);
        foreach (var database in new[] { "shop", "archive" })
        {
            await shop.CreateFirstReleaseAsync(orders: 400, database);
            shop.Execute("UPDATE orders SET customer = customer || printf('%.*c', 16000, 'x')", database);
        }
        return shop;
    }

    private static string Write(CopyFile live) =>
        Outside.Execute(live.Path, "INSERT INTO notes (text) VALUES ('outsider')");

    private static Task<IStorageSession> HoldAsync(CopyFile live) =>
        new SqliteStorage($"Data Source={live.Path}").OpenAsync(
            new RunIdentity("run", RunActivity.Migrate),
            TimeSpan.FromSeconds(5),
            CancellationToken.None
        );
}
