namespace RagStudio.Data.Migrator.Sqlite.Tests.BackUp;

/// <summary>Old sets whose copies are compressed.</summary>
public sealed class CompressedTests : ShopTest
{
    [Test]
    public async Task Old_sets_are_compressed_verified_and_restored()
    {
        await Shop.CreateFirstReleaseAsync(orders: 500);
        var before = Shop.Dump();
        var old = (await Manager().Backups.CreateAsync())!;
        Shop.Execute("DELETE FROM orders WHERE id > 3");
        var newer = (await Manager().Backups.CreateAsync())!;

        await Manager(compressBeyond: 1).Backups.PruneAsync();

        Assert.That(Files(old), Is.EquivalentTo(new[] { "shop.db.br" }));
        Assert.That(Files(newer), Is.EquivalentTo(new[] { "shop.db" }));
        var listed = (await Manager().Backups.ListAsync()).Single(set => set.Id == old.Id);
        Assert.That(listed.SizeBytes, Is.EqualTo(new FileInfo(PathOf(old, "shop.db.br")).Length));
        Assert.That(listed.SizeBytes, Is.LessThan(old.SizeBytes / 2));
        Assert.That(await FaultsOfAsync(old), Is.Empty);

        await Manager().RestoreAsync(old.Id);

        Assert.That(Shop.Dump(), Is.EqualTo(before));
        Assert.That(Files(old), Is.EquivalentTo(new[] { "shop.db" }));
        Assert.That(await FaultsOfAsync(old), Is.Empty);
    }

    [Test]
    public async Task A_run_compresses_older_sets_but_not_its_own()
    {
        await Shop.CreateFirstReleaseAsync(orders: 100);
        var old = (await Manager().Backups.CreateAsync())!;

        var run = await Shop.Manager<ShopContext>(options => options.CompressBackupsBeyond = 1).MigrateAsync();

        Assert.That(Files(old), Is.EquivalentTo(new[] { "shop.db.br" }));
        Assert.That(File.Exists(Path.Combine(Shop.Backups, run.BackupId!, "shop.db")));
    }

    [Test]
    public async Task The_retention_counts_what_is_on_disk()
    {
        await Shop.CreateFirstReleaseAsync(orders: 500);
        var (first, second, third) = (
            (await Manager().Backups.CreateAsync())!,
            (await Manager().Backups.CreateAsync())!,
            (await Manager().Backups.CreateAsync())!
        );
        await Manager(compressBeyond: 1).Backups.PruneAsync();
        var room = third.SizeBytes * 2;

        var removed = await Shop.Manager<FirstShopContext>(o => o.BackupMaxBytes = room).Backups.PruneAsync();

        Assert.That(removed, Is.Empty, "three whole copies would be too much");
        Assert.That(first.SizeBytes + second.SizeBytes + third.SizeBytes, Is.GreaterThan(room));
    }

    [Test]
    public async Task A_compression_that_was_killed_is_completed([Values] bool afterRename)
    {
        await Shop.CreateFirstReleaseAsync(orders: 100);
        var old = (await Manager().Backups.CreateAsync())!;
        await Manager().Backups.CreateAsync();
        // What is there before the copy is removed: the power may fail on each line.
        if (afterRename)
        {
            RunPoints.At("CopyCompressed", () => throw new IOException("the power failed"));
            Assert.ThrowsAsync<BackupFailedException>(() => Manager(compressBeyond: 1).Backups.PruneAsync());
            RunPoints.Watch(_ => { });
            Assert.That(Files(old), Is.EquivalentTo(new[] { "shop.db", "shop.db.br" }));
        }
        else
        {
            File.WriteAllText(PathOf(old, "shop.db.br.unfinished"), "half of it");
        }
        Assert.That(await FaultsOfAsync(old), Is.Empty, "the copy is whole");

        await Manager(compressBeyond: 1).Backups.PruneAsync();

        Assert.That(Files(old), Is.EquivalentTo(new[] { "shop.db.br" }));
        Assert.That(await FaultsOfAsync(old), Is.Empty);
    }

    [Test]
    public async Task A_restore_that_was_killed_while_it_brought_a_copy_back_can_be_repeated([Values] bool afterRename)
    {
        var (old, before) = await CompressedAsync();
        Shop.Execute("DELETE FROM orders WHERE id > 5");
        if (afterRename)
        {
            RunPoints.At("CopyExpanded", () => throw new IOException("the power failed"));
            Assert.ThrowsAsync<BackupFailedException>(() => Manager().RestoreAsync(old.Id));
            RunPoints.Watch(_ => { });
            Assert.That(Shop.Scalar<long>("SELECT COUNT(*) FROM orders"), Is.EqualTo(5));
        }
        else
        {
            File.WriteAllText(PathOf(old, "shop.db.unfinished"), "half of it");
        }
        Assert.That(await FaultsOfAsync(old), Is.Empty);

        await Manager().RestoreAsync(old.Id);

        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }

    [TestCase("altered")]
    [TestCase("truncated")]
    [TestCase("longer")]
    [TestCase("no Brotli")]
    [TestCase("a link")]
    public async Task An_altered_compressed_file_is_reported_and_not_restored(string how)
    {
        var (old, _) = await CompressedAsync();
        Shop.Execute("DELETE FROM orders WHERE id > 5");
        var now = Shop.Dump();
        Alter(PathOf(old, "shop.db.br"), how);

        Assert.That(await FaultsOfAsync(old), Has.Count.EqualTo(1));
        var failure = Assert.ThrowsAsync<BackupFailedException>(() => Manager().RestoreAsync(old.Id));

        Assert.That(failure!.DataState, Is.EqualTo(DataState.Unchanged));
        Assert.That(Shop.Dump(), Is.EqualTo(now));
        Assert.That(Files(old), Is.EquivalentTo(new[] { "shop.db.br" }));
    }

    [Test]
    public async Task A_copy_that_was_altered_stays_for_the_verification_to_report()
    {
        await Shop.CreateFirstReleaseAsync(orders: 100);
        var old = (await Manager().Backups.CreateAsync())!;
        await Manager().Backups.CreateAsync();
        File.AppendAllText(PathOf(old, "shop.db"), "more");

        await Manager(compressBeyond: 1).Backups.PruneAsync();

        Assert.That(Files(old), Is.EquivalentTo(new[] { "shop.db" }));
        Assert.That(await FaultsOfAsync(old), Has.Count.EqualTo(1));
    }

    private IMigrationManager Manager(int? compressBeyond = null) =>
        Shop.Manager<FirstShopContext>(options => options.CompressBackupsBeyond = compressBeyond);

    private async Task<(BackupSet Old, string Before)> CompressedAsync()
    {
        await Shop.CreateFirstReleaseAsync(orders: 100);
        var before = Shop.Dump();
        var old = (await Manager().Backups.CreateAsync())!;
        await Manager().Backups.CreateAsync();
        await Manager(compressBeyond: 1).Backups.PruneAsync();
        Assert.That(Files(old), Is.EquivalentTo(new[] { "shop.db.br" }));
        return (old, before);
    }

    private void Alter(string file, string how)
    {
        var bytes = File.ReadAllBytes(file);
        switch (how)
        {
            case "altered":
                bytes[bytes.Length / 2] ^= 0x55;
                break;
            case "truncated":
                bytes = bytes[..(bytes.Length / 2)];
                break;
            case "longer":
                using (var all = new MemoryStream())
                {
                    using (
                        var brotli = new System.IO.Compression.BrotliStream(
                            all,
                            System.IO.Compression.CompressionLevel.Fastest,
                            leaveOpen: true
                        )
                    )
                    {
                        brotli.Write(new byte[64 << 20]);
                    }
                    bytes = all.ToArray();
                }
                break;
            case "no Brotli":
                Random.Shared.NextBytes(bytes);
                break;
            default:
                var target = Path.Combine(Shop.Folder, "target");
                File.Move(file, target);
                File.CreateSymbolicLink(file, target);
                return;
        }
        File.WriteAllBytes(file, bytes);
    }

    private string PathOf(BackupSet set, string file) => Path.Combine(Shop.Backups, set.Id, file);

    /// <summary>The files of the copy, without the manifest and the marker.</summary>
    private IEnumerable<string?> Files(BackupSet set) =>
        Directory.GetFiles(Path.Combine(Shop.Backups, set.Id), "shop.db*").Select(Path.GetFileName);

    private async Task<IReadOnlyList<string>> FaultsOfAsync(BackupSet set) =>
        (await Manager().Backups.VerifyAsync()).Single(one => one.Backup.Id == set.Id).Faults;
}
