namespace RagStudio.Data.Migrator.Sqlite.Tests.RollBack;

public sealed class RestoreTests : ShopTest
{
    [Test]
    public async Task RestoreAsync_brings_back_the_set_and_can_be_undone()
    {
        await Shop.CreateFirstReleaseAsync(orders: 10, "shop");
        await Shop.CreateFirstReleaseAsync(orders: 20, "archive");
        var manager = Shop.Manager<FirstShopContext, FirstShopContext>();
        var old = (Shop.Dump("shop"), Shop.Dump("archive"));
        var backup = await manager.Backups.CreateAsync();
        Shop.Execute("DELETE FROM orders WHERE id > 3", "shop");
        Shop.Execute("INSERT INTO orders (customer) VALUES ('new')", "archive");
        var changed = (Shop.Dump("shop"), Shop.Dump("archive"));

        var restored = await manager.RestoreAsync(backup!.Id);

        Assert.That((Shop.Dump("shop"), Shop.Dump("archive")), Is.EqualTo(old));
        Assert.That((await manager.GetHistoryAsync(limit: 1))[0].Event, Is.EqualTo(MigrationEvent.Restored));

        await manager.RestoreAsync(restored.SafetyBackupId!);

        Assert.That((Shop.Dump("shop"), Shop.Dump("archive")), Is.EqualTo(changed));
    }

    [Test]
    public async Task RestoreAsync_brings_back_an_older_version_that_can_migrate_again()
    {
        await Shop.CreateFirstReleaseAsync(orders: 10);
        var before = Shop.Dump();
        var manager = Shop.Manager<ShopContext>();
        var migrated = await manager.MigrateAsync();

        await manager.RestoreAsync(migrated.BackupId!);

        Assert.That(Shop.Dump(), Is.EqualTo(before));
        Assert.That((await manager.MigrateAsync()).Databases.Single().Migrations, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task RestoreAsync_brings_back_old_broken_references_too()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        Shop.Execute("PRAGMA foreign_keys = OFF; DELETE FROM orders WHERE id = 3");
        var manager = Shop.Manager<FirstShopContext>();
        var broken = Shop.Dump();
        var backup = await manager.Backups.CreateAsync();
        Shop.Execute("DELETE FROM order_lines WHERE order_id = 3");

        await manager.RestoreAsync(backup!.Id);

        Assert.That(Shop.Dump(), Is.EqualTo(broken));
    }

    [TestCase("altered")]
    [TestCase("truncated")]
    [TestCase("missing")]
    public async Task RestoreAsync_refuses_a_damaged_set_and_changes_nothing(string how)
    {
        await Shop.CreateFirstReleaseAsync(orders: 500);
        var manager = Shop.Manager<FirstShopContext>();
        var backup = await manager.Backups.CreateAsync();
        Damage(Path.Combine(Shop.Backups, backup!.Id, backup.Databases[0].File!), how);
        Shop.Execute("INSERT INTO orders (customer) VALUES ('newer')");
        var before = Shop.Dump();

        var failure = Assert.ThrowsAsync<BackupFailedException>(() => manager.RestoreAsync(backup.Id));

        Assert.That(failure!.BackupPath, Does.EndWith(backup.Id));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
        Assert.That((await manager.Backups.VerifyAsync()).Single().IsGood, Is.False);
    }

    [Test]
    public async Task RestoreAsync_refuses_a_set_whose_manifest_was_altered_with_its_copy()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var manager = Shop.Manager<FirstShopContext>();
        var backup = await manager.Backups.CreateAsync();
        var manifest = Path.Combine(Shop.Backups, backup!.Id, "manifest.json");
        File.WriteAllText(
            manifest,
            File.ReadAllText(manifest).Replace("\"orders\": 5", "\"orders\": 6", StringComparison.Ordinal)
        );

        Assert.ThrowsAsync<BackupFailedException>(() => manager.RestoreAsync(backup.Id));
    }

    [TestCase("20200101T000000000Z_nothing")]
    [TestCase("../backups")]
    [TestCase("/etc")]
    public async Task RestoreAsync_refuses_a_set_that_does_not_exist(string id)
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var before = Shop.Dump();

        var failure = Assert.ThrowsAsync<BackupNotFoundException>(() =>
            Shop.Manager<FirstShopContext>().RestoreAsync(id)
        );

        Assert.That(failure!.BackupId, Is.EqualTo(id));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }

    [Test]
    public async Task VerifyAsync_finds_every_set_good_that_was_just_made()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var manager = Shop.Manager<ShopContext>();
        await manager.Backups.CreateAsync();
        await manager.MigrateAsync();

        var verified = await manager.Backups.VerifyAsync();

        Assert.That(verified, Has.Count.EqualTo(2));
        Assert.That(verified.Select(v => v.Faults), Is.All.Empty);
    }

    [Test]
    public async Task VerifyAsync_tells_which_set_it_checks_and_how_many_bytes_are_done()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var manager = Shop.Manager<ShopContext>();
        await manager.Backups.CreateAsync();
        await manager.MigrateAsync();
        var told = new List<MigrationProgress>();

        var verified = await manager.Backups.VerifyAsync(new Teller(told.Add));

        var sizes = verified.Select(set => set.Backup.Databases.Sum(copy => copy.Bytes)).ToArray();
        MigrationProgress Step(int set, long done) =>
            new(MigrationPhase.Validate, null, null, done, sizes.Sum(), verified[set].Backup.Id)
            {
                Unit = ProgressUnit.Bytes,
            };
        Assert.That(told, Is.EqualTo(new[] { Step(0, 0), Step(1, sizes[0]) }));
    }

    [Test]
    public async Task PruneAsync_removes_what_the_options_do_not_keep()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var manager = Shop.Manager<FirstShopContext>(options => options.BackupsToKeep = 1);
        var first = await manager.Backups.CreateAsync();
        var second = await manager.Backups.CreateAsync();

        var removed = await manager.Backups.PruneAsync();

        Assert.That(removed.Select(set => set.Id), Is.EqualTo(new[] { first!.Id }));
        Assert.That((await manager.Backups.ListAsync()).Select(set => set.Id), Is.EqualTo(new[] { second!.Id }));
    }

    private static void Damage(string copy, string how)
    {
        if (how == "missing")
        {
            File.Delete(copy);
            return;
        }
        using var file = new FileStream(copy, FileMode.Open, FileAccess.ReadWrite);
        if (how == "truncated")
        {
            file.SetLength(file.Length / 2);
            return;
        }
        file.Position = file.Length - 10;
        var old = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(old ^ 1));
    }

    private sealed class Teller(Action<MigrationProgress> tell) : IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value) => tell(value);
    }
}
