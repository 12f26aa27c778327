using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite.Tests.BackUp;

public sealed class BackupTests : ShopTest
{
    [Test]
    public async Task A_backup_holds_every_committed_row_also_those_still_in_the_WAL()
    {
        await Shop.CreateFirstReleaseAsync(orders: 1000);
        LeaveRowInWal();

        var backup = await Shop.Manager<ShopContext>().Backups.CreateAsync();

        Assert.That(Count(Copy(backup!)), Is.EqualTo(1001));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(1001));
    }

    [Test]
    public async Task The_set_before_a_migration_holds_the_state_before_it()
    {
        await Shop.CreateFirstReleaseAsync(orders: 10);

        var summary = await Shop.Manager<ShopContext>().MigrateAsync();

        var backup = (await Shop.Manager<ShopContext>().Backups.ListAsync()).Single();
        Assert.Multiple(() =>
        {
            Assert.That(backup.Id, Is.EqualTo(summary.BackupId));
            Assert.That(backup.Reason, Is.EqualTo(BackupReason.BeforeMigration));
            Assert.That(backup.Verified);
            Assert.That(backup.Databases.Single().MigrationId, Is.EqualTo(CreateOrders.Version));
            Assert.That(Count(Copy(backup)), Is.EqualTo(10));
        });
    }

    [Test]
    public async Task The_manifest_tells_the_truth_about_the_copy()
    {
        await Shop.CreateFirstReleaseAsync(orders: 10);

        var backup = await Shop.Manager<ShopContext>().Backups.CreateAsync();

        var copy = Copy(backup!);
        using var manifest = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Path.GetDirectoryName(copy)!, "manifest.json"))
        );
        var database = manifest.RootElement.GetProperty("databases")[0];
        Assert.Multiple(() =>
        {
            Assert.That(manifest.RootElement.GetProperty("formatVersion").GetInt32(), Is.EqualTo(1));
            Assert.That(manifest.RootElement.GetProperty("reason").GetString(), Is.EqualTo("manual"));
            Assert.That(database.GetProperty("name").GetString(), Is.EqualTo("shop"));
            Assert.That(database.GetProperty("bytes").GetInt64(), Is.EqualTo(new FileInfo(copy).Length));
            Assert.That(database.GetProperty("pages").GetInt64(), Is.EqualTo(new FileInfo(copy).Length / 4096));
            Assert.That(
                database.GetProperty("sha256").GetString(),
                Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(copy))))
            );
            Assert.That(database.GetProperty("check").GetString(), Is.EqualTo("ok"));
        });
    }

    [Test]
    public async Task A_copy_opens_without_writing_beside_it()
    {
        await Shop.CreateFirstReleaseAsync(orders: 10);
        var backup = await Shop.Manager<ShopContext>().Backups.CreateAsync();

        Count(Copy(backup!));

        Assert.That(
            Directory.GetFiles(Path.GetDirectoryName(Copy(backup!))!).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "shop.db", "manifest.json", ".ragstudio-backup" })
        );
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no file modes")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task A_copy_is_no_more_readable_than_its_source()
    {
        await Shop.CreateFirstReleaseAsync(orders: 10);
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.SetUnixFileMode(Shop.PathOf("shop"), owner);

        var backup = await Shop.Manager<ShopContext>().Backups.CreateAsync();

        Assert.That(File.GetUnixFileMode(Copy(backup!)), Is.EqualTo(owner));
        Assert.That(
            File.GetUnixFileMode(Path.GetDirectoryName(Copy(backup!))!),
            Is.EqualTo(owner | UnixFileMode.UserExecute)
        );
    }

    [Test]
    public async Task An_unwritable_backup_folder_stops_the_run_before_its_first_change()
    {
        await Shop.CreateFirstReleaseAsync(orders: 10);
        File.WriteAllText(Shop.Backups, "a file in the place of the folder");
        var before = Shop.Dump();

        var failure = Assert.ThrowsAsync<BackupFailedException>(() => Shop.Manager<ShopContext>().MigrateAsync());

        Assert.That(failure!.BackupPath, Does.StartWith(Shop.Backups));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_cancelled_backup_leaves_no_set()
    {
        await Shop.CreateFirstReleaseAsync(orders: 10);
        using var source = new CancellationTokenSource();
        var cancel = new CancelOnCopy(source);

        Assert.CatchAsync<OperationCanceledException>(() =>
            Shop.Manager<ShopContext>().Backups.CreateAsync(cancel, source.Token)
        );

        Assert.That(Directory.GetFileSystemEntries(Shop.Backups), Is.Empty);
    }

    [Test]
    public async Task The_oldest_sets_go_and_what_a_killed_run_left_goes_too()
    {
        await Shop.CreateFirstReleaseAsync(orders: 10);
        var manager = Shop.Manager<ShopContext>(o => o.BackupsToKeep = 1);
        var dead = Path.Combine(Shop.Backups, (await manager.Backups.CreateAsync())!.Id);
        Directory.Move(dead, dead + ".partial");
        var first = await manager.Backups.CreateAsync();
        var second = await manager.Backups.CreateAsync();

        var summary = await manager.MigrateAsync();

        Assert.That(
            Directory.GetDirectories(Shop.Backups).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { second!.Id, summary.BackupId }),
            $"'{first!.Id}' is the oldest"
        );
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("\0\0\0\0")]
    [TestCase("{\"format\":\"ragstudio-backup-1\",\"databa")]
    public async Task An_old_folder_with_nothing_but_a_torn_marker_goes(string? marker)
    {
        var folder = await UnmarkedFolderAsync(marker, TimeSpan.FromDays(2));

        await Shop.Manager<ShopContext>().MigrateAsync();

        Assert.That(Directory.Exists(folder), Is.False);
    }

    [TestCase(null, "shop.db", 2)]
    [TestCase("{\"format\":\"others-1\"", null, 2)]
    [TestCase("", null, 0)]
    public async Task A_folder_that_may_be_of_others_stays(string? marker, string? file, int days)
    {
        var folder = await UnmarkedFolderAsync(marker, TimeSpan.FromDays(days), file);

        await Shop.Manager<ShopContext>().MigrateAsync();

        Assert.That(Directory.Exists(folder));
        Assert.That(Directory.GetFiles(folder).Select(Path.GetFileName), Is.EquivalentTo(Named(marker, file)));
    }

    [Test]
    public async Task CreateAsync_makes_no_set_where_there_is_no_database()
    {
        Assert.That(await Shop.Manager<ShopContext>().Backups.CreateAsync(), Is.Null);
        Assert.That(Directory.GetFileSystemEntries(Shop.Folder), Is.Empty);
    }

    [Test]
    public async Task ListAsync_passes_over_a_folder_with_a_broken_manifest()
    {
        await Shop.CreateFirstReleaseAsync(orders: 10);
        var manager = Shop.Manager<ShopContext>();
        var good = await manager.Backups.CreateAsync();
        var broken = Directory.CreateDirectory(Path.Combine(Shop.Backups, "20990101T000000000Z_broken")).FullName;
        File.WriteAllText(Path.Combine(broken, "manifest.json"), "{ \"id\": ");

        var sets = await manager.Backups.ListAsync();

        Assert.That(sets.Select(set => set.Id), Is.EqualTo(new[] { good!.Id }));
        Assert.That(Directory.Exists(broken), "what cannot be read is not removed");
    }

    /// <summary>What a power failure may leave of an unfinished set: its marker may not have reached the disk.</summary>
    private async Task<string> UnmarkedFolderAsync(string? marker, TimeSpan age, string? file = null)
    {
        await Shop.CreateFirstReleaseAsync(orders: 10);
        var folder = Path.Combine(Shop.Backups, "20200101T000000000Z_0123456789ab.partial");
        Directory.CreateDirectory(folder);
        foreach (var name in Named(marker, file))
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), marker);
        }
        Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow - age);
        return folder;
    }

    private static IEnumerable<string> Named(string? marker, string? file)
    {
        if (marker is not null)
        {
            yield return ".ragstudio-backup";
        }
        if (file is not null)
        {
            yield return file;
        }
    }

    private string Copy(BackupSet backup) => Path.Combine(Shop.Backups, backup.Id, backup.Databases[0].File!);

    private static long Count(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = new SqliteCommand("SELECT count(*) FROM orders", connection);
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>
    /// Leaves a row in the WAL as a killed program does: copies the files while a connection keeps it there.
    /// </summary>
    private void LeaveRowInWal()
    {
        var path = Shop.PathOf("shop");
        using (var connection = Shop.Open())
        {
            using var command = new SqliteCommand(
                "INSERT INTO orders (id, customer) VALUES (5000, 'in the WAL')",
                connection
            );
            command.ExecuteNonQuery();
            File.Copy(path, path + ".saved");
            File.Copy(path + "-wal", path + "-wal.saved");
        }
        File.Move(path + ".saved", path, overwrite: true);
        File.Move(path + "-wal.saved", path + "-wal");
        Assert.That(new FileInfo(path + "-wal").Length, Is.GreaterThan(0));
    }

    private sealed class CancelOnCopy(CancellationTokenSource source) : IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value)
        {
            if (value.Phase == MigrationPhase.BackUp)
            {
                source.Cancel();
            }
        }
    }
}
