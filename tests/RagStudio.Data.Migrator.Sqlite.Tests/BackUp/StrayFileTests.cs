using System.Runtime.Versioning;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Storage;
using RagStudio.Data.Migrator.Sqlite.Tests.Lock;

namespace RagStudio.Data.Migrator.Sqlite.Tests.BackUp;

/// <summary>Files in a set that its manifest does not name.</summary>
public sealed class StrayFileTests : ShopTest
{
    private BackupSet _set = null!;

    private string Copy => Path.Combine(Shop.Backups, _set.Id, "shop.db");

    [SetUp]
    public async Task CreateSetAsync()
    {
        await Shop.CreateFirstReleaseAsync(orders: 50);
        _set = (await Shop.Manager<FirstShopContext>().Backups.CreateAsync())!;
    }

    [TestCase("shop.db-wal")]
    [TestCase("shop.db-shm")]
    [TestCase("shop.db-journal")]
    [TestCase("notes.txt")]
    public async Task A_stray_file_is_a_fault_and_keeps_the_set_from_being_restored(string name)
    {
        File.WriteAllText(Path.Combine(Shop.Backups, _set.Id, name), "stray");
        Shop.Execute("DELETE FROM orders WHERE id > 10");

        var verified = (await Shop.Manager<FirstShopContext>().Backups.VerifyAsync()).Single();
        var failure = Assert.ThrowsAsync<BackupFailedException>(() =>
            Shop.Manager<FirstShopContext>().RestoreAsync(_set.Id)
        )!;

        Assert.That(verified.Faults, Has.Count.EqualTo(1));
        Assert.That(verified.Faults[0], Does.StartWith($"{name}: "));
        Assert.That(failure.Message, Does.Contain(name));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(10));
    }

    [Test]
    public async Task What_the_migrator_or_a_file_manager_adds_to_a_set_is_none()
    {
        var summary = await Shop.Manager<ShopContext>().MigrateAsync();
        Assert.That(File.Exists(Path.Combine(Shop.Backups, summary.BackupId!, "report.json")));
        // Nor are files that a file manager leaves in a folder that it has displayed.
        File.WriteAllText(Path.Combine(Shop.Backups, summary.BackupId!, ".DS_Store"), "");

        var verified = await Shop.Manager<ShopContext>().Backups.VerifyAsync();

        Assert.That(verified.SelectMany(one => one.Faults), Is.Empty);
        Assert.That(verified, Has.Count.EqualTo(2));
    }

    /// <summary>A log placed there after the set was verified is not read either.</summary>
    [Test]
    public async Task A_log_beside_a_copy_is_never_read()
    {
        HotLog.Leave(Shop.PathOf("shop"), "DELETE FROM orders; DELETE FROM __migrator_history");
        File.Copy(Shop.PathOf("shop") + "-wal", Copy + "-wal");
        var storage = new SqliteStorage(new FileInfo(Shop.PathOf("shop")));
        var before = HotLog.Of(Copy);

        var inspected = await storage.InspectCopyAsync(Copy, [], WorkLimits.None);
        var trace = await storage.TraceCopyAsync(Copy, default);

        Assert.That(inspected.Rows!["orders"], Is.EqualTo(50));
        Assert.That(trace.Origin, Is.Not.Null.And.EqualTo(inspected.Origin));
        Assert.That(HotLog.Of(Copy), Is.EqualTo(before));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(Copy)!, "*-shm"), Is.Empty);
    }

    [Platform(Exclude = "Win", Reason = "modes are of Unix")]
    [UnsupportedOSPlatform("windows")]
    [Test]
    public async Task A_set_is_verified_in_a_folder_that_takes_no_file_whatever_its_name()
    {
        var odd = Path.Combine(Shop.Folder, "50% of #1? ü");
        Directory.Move(Shop.Backups, odd);
        var folder = Path.Combine(odd, _set.Id);
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            var verified = await Shop.Manager<FirstShopContext>(options => options.BackupDirectory = odd)
                .Backups.VerifyAsync();

            Assert.That(verified.Single().Faults, Is.Empty);
        }
        finally
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
