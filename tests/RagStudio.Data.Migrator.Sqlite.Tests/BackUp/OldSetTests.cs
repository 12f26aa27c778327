namespace RagStudio.Data.Migrator.Sqlite.Tests.BackUp;

/// <summary>
/// Sets made by earlier versions: they record no file, and only the history in the copy can prove whose they
/// are.
/// </summary>
public sealed class OldSetTests : ShopTest
{
    private SharedFolder Folder => new(Shop.Folder);

    [Test]
    public async Task RestoreAsync_takes_one_whose_history_begins_as_the_databases_does()
    {
        var id = await OldSetOfAsync("t1");
        Folder.AddOrder("t1", "newer");

        await Folder.Manager<FirstShopContext>("t1").RestoreAsync(id);

        Assert.That(Folder.CustomersOf("t1"), Is.EqualTo("t1"));
    }

    [Test]
    public async Task RestoreAsync_refuses_one_of_another_database_of_the_same_name()
    {
        var id = await OldSetOfAsync("t1");
        await Folder.CreateAsync("t2");

        var failure = Assert.ThrowsAsync<BackupOfOtherDatabaseException>(() =>
            Folder.Manager<FirstShopContext>("t2").RestoreAsync(id)
        );

        Assert.That(failure!.Message, Does.Contain("its history does not prove that it belongs to"));
        Assert.That(Folder.CustomersOf("t2"), Is.EqualTo("t2"));
        Assert.That(await Folder.SetsOfAsync("t2"), Is.EqualTo(new[] { id }), "it may be its own: it is listed");
    }

    [Test]
    public async Task RestoreAsync_refuses_one_without_a_history_unless_somebody_insists()
    {
        await Folder.CreateAsync("t1");
        var id = (await Folder.Manager<FirstShopContext>("t1").Backups.CreateAsync())!.Id;
        Folder.MakeOld(id);
        Folder.AddOrder("t1", "newer");
        Folder.Execute("t1", "DROP TABLE __migrator_history");

        Assert.ThrowsAsync<BackupOfOtherDatabaseException>(() =>
            Folder.Manager<FirstShopContext>("t1").RestoreAsync(id)
        );
        Assert.That(Folder.CustomersOf("t1"), Is.EqualTo("t1,newer"));

        await Folder.Manager<FirstShopContext>("t1", o => o.RestoreSetsOfOtherDatabases = true).RestoreAsync(id);
        Assert.That(Folder.CustomersOf("t1"), Is.EqualTo("t1"));
    }

    [Test]
    public async Task RestoreAsync_takes_any_where_there_is_no_database_to_be_replaced()
    {
        var id = await OldSetOfAsync("t1");
        File.Delete(Folder.PathOf("t1"));

        await Folder.Manager<FirstShopContext>("t1").RestoreAsync(id);

        Assert.That(Folder.CustomersOf("t1"), Is.EqualTo("t1"));
    }

    [Test]
    public async Task PruneAsync_removes_the_proven_ones_and_leaves_the_others()
    {
        var (first, second) = (await OldSetOfAsync("t1"), await BackUpOldAsync("t1"));
        var other = await OldSetOfAsync("t2");
        var manager = Folder.Manager<FirstShopContext>("t1", o => o.BackupsToKeep = 1);

        var removed = await manager.Backups.PruneAsync();

        Assert.That(removed.Select(set => set.Id), Is.EqualTo(new[] { first }));
        Assert.That(Path.Combine(Folder.Backups, first), Does.Not.Exist);
        Assert.That(Path.Combine(Folder.Backups, second), Does.Exist);
        Assert.That(Path.Combine(Folder.Backups, other), Does.Exist, "its history is of another database");
    }

    [Test]
    public async Task A_dry_run_removes_none()
    {
        string[] sets = [await OldSetOfAsync("t1"), await BackUpOldAsync("t1"), await BackUpOldAsync("t1")];
        var dryRun = Folder.Manager<ShopContext>(
            "t1",
            options =>
            {
                options.DryRun = true;
                options.BackupDirectory = Folder.Backups;
                options.BackupsToKeep = 1;
            }
        );

        await dryRun.MigrateAsync();

        Assert.That(await Folder.SetsOfAsync("t1"), Is.EquivalentTo(sets));
    }

    private async Task<string> OldSetOfAsync(string file)
    {
        await Folder.CreateAsync(file);
        return await BackUpOldAsync(file);
    }

    private async Task<string> BackUpOldAsync(string file)
    {
        var id = (await Folder.Manager<FirstShopContext>(file).Backups.CreateAsync())!.Id;
        Folder.MakeOld(id);
        return id;
    }
}
