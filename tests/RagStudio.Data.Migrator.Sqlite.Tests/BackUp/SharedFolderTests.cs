using RagStudio.Data.CrashHost;

namespace RagStudio.Data.Migrator.Sqlite.Tests.BackUp;

/// <summary>
/// Programs with different databases that keep their backups in one folder, which is the default for files in
/// the same folder.
/// </summary>
public sealed class SharedFolderTests : ShopTest
{
    private static readonly string[] Files = [.. Enumerable.Range(1, 13).Select(i => $"t{i}")];

    private SharedFolder Folder => new(Shop.Folder);

    [Test]
    public async Task Each_of_thirteen_databases_keeps_its_own_set_from_before_its_migration()
    {
        foreach (var file in Files)
        {
            await Folder.CreateAsync(file);
        }
        foreach (var file in Files)
        {
            await Folder.Manager<ShopContext>(file).MigrateAsync();
        }

        foreach (var file in Files)
        {
            Assert.That(await Folder.SetsOfAsync(file), Has.Count.EqualTo(1), file);
        }
    }

    [Test]
    public async Task A_run_beside_a_backup_that_is_being_written_leaves_it_alone()
    {
        await Folder.CreateAsync("large");
        await Folder.CreateAsync("small");
        var small = new OnPhase(
            MigrationPhase.BackUp,
            () => Task.Run(() => Folder.Manager<ShopContext>("small").MigrateAsync()).GetAwaiter().GetResult()
        );

        var backup = await Folder.Manager<FirstShopContext>("large").Backups.CreateAsync(small);

        Assert.That(backup!.Verified);
        Assert.That(await Folder.SetsOfAsync("large"), Is.EqualTo(new[] { backup.Id }));
        Assert.That(await Folder.SetsOfAsync("small"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RestoreAsync_of_a_set_of_another_file_is_refused_and_names_that_file()
    {
        await Folder.CreateAsync("t1");
        await Folder.CreateAsync("t2");
        var backup = await Folder.Manager<FirstShopContext>("t1").Backups.CreateAsync();

        var failure = Assert.ThrowsAsync<BackupOfOtherDatabaseException>(() =>
            Folder.Manager<FirstShopContext>("t2").RestoreAsync(backup!.Id)
        );

        Assert.Multiple(() =>
        {
            Assert.That(failure!.Message, Does.Contain($"is of '{Folder.PathOf("t1")}'"));
            Assert.That(failure.Message, Does.Contain("--of-another-database"));
            Assert.That(failure.DataState, Is.EqualTo(DataState.Unchanged));
            Assert.That(Folder.CustomersOf("t2"), Is.EqualTo("t2"));
        });
    }

    [Test]
    public async Task RestoreAsync_of_a_set_of_another_file_is_done_for_whoever_asked_for_it()
    {
        await Folder.CreateAsync("t1");
        await Folder.CreateAsync("t2");
        var backup = await Folder.Manager<FirstShopContext>("t1").Backups.CreateAsync();
        var manager = Folder.Manager<FirstShopContext>("t2", o => o.RestoreSetsOfOtherDatabases = true);

        var restored = await manager.RestoreAsync(backup!.Id);

        Assert.That(Folder.CustomersOf("t2"), Is.EqualTo("t1"));
        await manager.RestoreAsync(restored.SafetyBackupId!);
        Assert.That(Folder.CustomersOf("t2"), Is.EqualTo("t2"));
    }

    [Test]
    public async Task What_eleven_others_do_takes_no_set_from_a_run_that_died()
    {
        using var died = new Shop(Path.Combine(Shop.Folder, "died"));
        Directory.CreateDirectory(died.Folder);
        await died.CreateFirstReleaseAsync(orders: 50, "shop");
        await died.CreateFirstReleaseAsync(orders: 50, "archive");
        HostProcess.Run(new HostCommand(died.Folder, RunActivity.Migrate, ShopRelease.Final, KillAt: "Apply:11"));
        Assert.That(died.Journal, Does.Exist);
        var others = new SharedFolder(died.Folder);
        foreach (var file in Files.Take(11))
        {
            await others.CreateAsync(file);
            await others.Manager<ShopContext>(file, o => o.BackupsToKeep = 1).MigrateAsync();
        }

        var summary = await died.Manager(ShopRelease.Final).MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(died.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(50));
        Assert.That(died.Scalar<long>("SELECT count(*) FROM orders", "archive"), Is.EqualTo(50));
    }

    [Test]
    public async Task A_set_that_any_journal_names_is_not_removed()
    {
        await Folder.CreateAsync("t1");
        var manager = Folder.Manager<FirstShopContext>("t1");
        var named = await manager.Backups.CreateAsync();
        var old = await manager.Backups.CreateAsync();
        await manager.Backups.CreateAsync();
        await File.WriteAllTextAsync(Folder.PathOf("other") + ".run-journal", $"damaged, but it names {named!.Id}");

        var removed = await Folder.Manager<FirstShopContext>("t1", o => o.BackupsToKeep = 1).Backups.PruneAsync();

        Assert.That(removed.Select(set => set.Id), Is.EqualTo(new[] { old!.Id }));
        Assert.That(await Folder.SetsOfAsync("t1"), Does.Contain(named.Id));
    }

    [Test]
    public async Task PruneAsync_removes_none_of_another_databases_sets()
    {
        await Folder.CreateAsync("t1");
        await Folder.CreateAsync("t2");
        var other = await Folder.Manager<FirstShopContext>("t1").Backups.CreateAsync();
        var manager = Folder.Manager<FirstShopContext>("t2", o => o.BackupsToKeep = 1);
        var old = await manager.Backups.CreateAsync();
        await manager.Backups.CreateAsync();

        var removed = await manager.Backups.PruneAsync();

        Assert.That(removed.Select(set => set.Id), Is.EqualTo(new[] { old!.Id }));
        Assert.That(await Folder.SetsOfAsync("t1"), Is.EqualTo(new[] { other!.Id }));
    }

    [Test]
    public async Task Backups_that_somebody_asks_for_push_out_none_from_before_a_migration()
    {
        await Folder.CreateAsync("t1");
        var manager = Folder.Manager<ShopContext>("t1");
        var before = (await manager.MigrateAsync()).BackupId;
        var pruned = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            pruned.AddRange((await manager.Backups.CreateAsync())!.PrunedBackups);
        }

        Assert.That(await Folder.SetsOfAsync("t1"), Does.Contain(before));
        Assert.That(pruned, Has.Count.EqualTo(1), "what was removed is told");
        Assert.That(Path.Combine(Folder.Backups, pruned[0]), Does.Not.Exist);
    }

    [Test]
    public async Task MigrateAsync_tells_the_sets_that_it_removed()
    {
        await Folder.CreateAsync("t1");
        await Folder.Manager<ShopContext>("t1").MigrateToVersionAsync(IndexOrders.Version);
        var old = (await Folder.SetsOfAsync("t1"))[0];

        var summary = await Folder.Manager<ShopContext>("t1", o => o.BackupsToKeep = 1).MigrateAsync();

        Assert.That(summary.PrunedBackups, Is.EqualTo(new[] { old }));
    }

    [Test]
    public async Task A_set_that_holds_other_databases_too_is_restored_in_part_and_never_removed()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3, "shop");
        await Shop.CreateFirstReleaseAsync(orders: 3, "archive");
        var both = Shop.Manager<FirstShopContext, FirstShopContext>();
        var full = new[] { await both.Backups.CreateAsync(), await both.Backups.CreateAsync() };
        Shop.Execute("DELETE FROM orders", "shop");
        Shop.Execute("DELETE FROM orders WHERE id = 1", "archive");
        var one = Shop.Manager<FirstShopContext>(o => o.BackupsToKeep = 1);
        await one.Backups.CreateAsync();

        await one.RestoreAsync(full[0]!.Id);
        var removed = await one.Backups.PruneAsync();

        Assert.Multiple(() =>
        {
            Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders", "shop"), Is.EqualTo(3));
            Assert.That(
                Shop.Scalar<long>("SELECT count(*) FROM orders", "archive"),
                Is.EqualTo(2),
                "it is not the program's"
            );
            Assert.That(removed.Select(set => set.Id), Has.None.AnyOf(full[0]!.Id, full[1]!.Id));
        });
    }

    [Test]
    public async Task A_folder_that_is_moved_with_its_backups_keeps_them()
    {
        using var place = new TemporaryFolder();
        var (here, there) = (place.Combine("here"), place.Combine("there"));
        Directory.CreateDirectory(here);
        await new SharedFolder(here).CreateAsync("t1");
        var backup = await new SharedFolder(here).Manager<FirstShopContext>("t1").Backups.CreateAsync();
        Directory.Move(here, there);
        var moved = new SharedFolder(there);
        moved.AddOrder("t1", "newer");

        await moved.Manager<FirstShopContext>("t1").RestoreAsync(backup!.Id);

        Assert.That(moved.CustomersOf("t1"), Is.EqualTo("t1"));
    }

    [Test]
    public async Task A_set_that_was_carried_beside_another_database_is_refused_though_it_lies_where_its_own_would()
    {
        using var place = new TemporaryFolder();
        var (here, there) = (place.Combine("here"), place.Combine("there"));
        Directory.CreateDirectory(here);
        Directory.CreateDirectory(there);
        await new SharedFolder(here).CreateAsync("t1");
        await new SharedFolder(there).CreateAsync("t1");
        new SharedFolder(there).AddOrder("t1", "theirs");
        var backup = await new SharedFolder(here).Manager<FirstShopContext>("t1").Backups.CreateAsync();
        Directory.Move(Path.Combine(here, "backups"), Path.Combine(there, "backups"));

        var failure = Assert.ThrowsAsync<BackupOfOtherDatabaseException>(() =>
            new SharedFolder(there).Manager<FirstShopContext>("t1").RestoreAsync(backup!.Id)
        );

        Assert.That(failure!.Sources, Is.EqualTo(new[] { Path.Combine(here, "t1.db") }));
        Assert.That(new SharedFolder(there).CustomersOf("t1"), Is.EqualTo("t1,theirs"));
    }

    [Test]
    public async Task A_set_of_two_files_is_not_restored_into_one_that_holds_both_databases()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3, "shop");
        await Shop.CreateFirstReleaseAsync(orders: 3, "archive");
        var backup = await Shop.Manager<FirstShopContext, FirstShopContext>().Backups.CreateAsync();
        var inOne = Shop.Manager(
            null,
            migrator =>
            {
                migrator.AddSqliteDatabase<FirstShopContext>("shop", $"Data Source={Shop.PathOf("shop")}");
                migrator.AddSqliteDatabase<NotesContext>("archive", $"Data Source={Shop.PathOf("shop")}");
            }
        );
        Shop.Execute("INSERT INTO orders (customer) VALUES ('newer')");

        var failure = Assert.ThrowsAsync<PlanRefusedException>(() => inOne.RestoreAsync(backup!.Id));

        Assert.That(failure!.Message, Does.Contain("made when 'archive' was in another file"));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(4));
    }

    [Test]
    public async Task A_database_that_is_called_otherwise_now_finds_its_sets()
    {
        await Folder.CreateAsync("t1");
        var backup = await Folder.Manager<FirstShopContext>("t1").Backups.CreateAsync();
        Folder.AddOrder("t1", "newer");
        var renamed = Shop.Manager(
            null,
            migrator => migrator.AddSqliteDatabase<FirstShopContext>("renamed", $"Data Source={Folder.PathOf("t1")}")
        );

        await renamed.RestoreAsync(backup!.Id);

        Assert.That(Folder.CustomersOf("t1"), Is.EqualTo("t1"));
        Assert.That((await renamed.Backups.VerifyAsync()).Select(result => result.Faults), Is.All.Empty);
    }

    [Test]
    public async Task Folders_that_only_look_like_unfinished_backups_survive()
    {
        await Folder.CreateAsync("t1");
        var photos = Directory.CreateDirectory(Path.Combine(Folder.Backups, "holiday.partial", "photos"));
        File.WriteAllText(Path.Combine(photos.FullName, "beach.jpg"), "a beach");

        await Folder.Manager<ShopContext>("t1").MigrateAsync();

        Assert.That(Path.Combine(photos.FullName, "beach.jpg"), Does.Exist);
    }

    [Test]
    public async Task An_unfinished_backup_is_removed_by_a_run_of_its_own_databases_alone()
    {
        await Folder.CreateAsync("t1");
        await Folder.CreateAsync("t2");
        var left = await KilledBackupAsync("t1");

        await Folder.Manager<ShopContext>("t2").MigrateAsync();
        Assert.That(left, Does.Exist, "it is of another database");

        await Folder.Manager<ShopContext>("t1").MigrateAsync();
        Assert.That(left, Does.Not.Exist);
    }

    /// <summary>Leaves what a backup does that is killed halfway: a complete one under its unfinished name.</summary>
    private async Task<string> KilledBackupAsync(string file)
    {
        var backup = await Folder.Manager<FirstShopContext>(file).Backups.CreateAsync();
        var path = Path.Combine(Folder.Backups, backup!.Id);
        Directory.Move(path, path + ".partial");
        return path + ".partial";
    }
}
