namespace RagStudio.Data.Migrator.Tests.BackUp;

internal sealed class SetBackupTests : FakeSetTest
{
    [Test]
    public async Task A_copy_that_only_says_where_the_content_is_kept_is_backed_up_verified_and_restored()
    {
        Set.Storage("shop").KeepsCopiesElsewhere = true;
        var manager = Set.Manager(Succeeding);

        var backup = await manager.Backups.CreateAsync();
        var verified = await manager.Backups.VerifyAsync();
        await manager.MigrateAsync();
        await manager.RestoreAsync(backup!.Id);

        var copy = backup.Databases.Single(database => database.Name == "shop");
        Assert.That(copy.Rows, Is.Null);
        Assert.That(copy.MigrationId, Is.EqualTo("1"));
        Assert.That(verified.Single().Faults, Is.Empty);
        AssertNothingHasChanged();
    }

    [Test]
    public async Task A_copy_that_could_not_be_restored_to_check_it_is_kept_and_not_called_verified()
    {
        Set.Storage("shop").NotRestored = "nobody may";
        var manager = Set.Manager(Succeeding);

        var backup = (await manager.Backups.CreateAsync())!;

        var copy = backup.Databases.Single(database => database.Name == "shop");
        Assert.That(backup.Verified, Is.False);
        Assert.That((copy.Check, copy.Warning), Is.EqualTo((BackupDatabase.NotRestored, "nobody may")));
        Assert.That(copy.Rows!["rows"], Is.EqualTo(1));
        Assert.That((await manager.Backups.VerifyAsync()).Single().Faults, Is.Empty);
    }

    [Test]
    public async Task A_copy_that_can_no_longer_be_restored_to_check_it_has_a_fault()
    {
        var manager = Set.Manager(Succeeding);
        await manager.Backups.CreateAsync();
        Set.Storage("shop").NotRestored = "nobody may";

        var verified = (await manager.Backups.VerifyAsync()).Single();

        Assert.That(verified.Faults.Single(), Does.Contain("could not be restored to check it: nobody may"));
    }

    [Test]
    public async Task A_copy_that_cannot_be_made_leaves_nothing_changed_no_set_and_no_lock()
    {
        Calls.Fail("backup archive", new IOException("The disk is gone."));

        var failure = Assert.ThrowsAsync<BackupFailedException>(() => Set.Manager(Succeeding).MigrateAsync());

        Assert.Multiple(() =>
        {
            Assert.That(failure!.Message, Does.Contain("The disk is gone."));
            Assert.That(failure.DataState, Is.EqualTo(DataState.Unchanged));
            Assert.That(Calls.Log, Has.None.StartsWith("migrate").And.None.StartsWith("restore"));
            Assert.That(Directory.GetFileSystemEntries(Set.Backups), Is.Empty);
        });
        AssertNothingHasChanged();
        await AssertNothingIsHeldAsync();
    }

    [Test]
    public void A_copy_that_lacks_a_row_of_its_source_is_no_backup()
    {
        Set.Storage("archive").OnCopied = copy => copy.Tables["rows"].Clear();

        Assert.ThrowsAsync<BackupFailedException>(() => Set.Manager(Succeeding).MigrateAsync());

        Assert.That(Directory.GetFileSystemEntries(Set.Backups), Is.Empty);
        AssertNothingHasChanged();
    }

    [Test]
    public void A_copy_that_lacks_a_migration_of_its_source_is_no_backup()
    {
        Set.Storage("archive").OnCopied = copy => copy.Applied.Clear();

        Assert.ThrowsAsync<BackupFailedException>(() => Set.Manager(Succeeding).MigrateAsync());

        AssertNothingHasChanged();
    }

    [Test]
    public async Task A_run_without_a_backup_writes_neither_a_set_nor_a_journal()
    {
        var summary = await Set.Manager(o => o.BackupBeforeMigration = false, Succeeding).MigrateAsync();

        Assert.Multiple(() =>
        {
            Assert.That(summary.BackupId, Is.Null);
            Assert.That(Directory.Exists(Set.Backups), Is.False);
            Assert.That(Set.Journal.Exists, Is.False, "the next start would take it for a run that died");
            Assert.That(Calls.Log, Has.None.StartsWith("backup"));
            Assert.That(Set.State("archive"), Is.EqualTo("1 2 | mine two"));
        });
        Assert.DoesNotThrowAsync(() => Set.Manager(Succeeding).MigrateAsync());
    }

    [Test]
    public void A_run_without_a_backup_leaves_what_it_had_applied_before_it_failed_and_says_so()
    {
        var failure = Assert.ThrowsAsync<MigrationFailedException>(() =>
            Set.Manager(o => o.BackupBeforeMigration = false, FailingSecond).MigrateAsync()
        );

        Assert.Multiple(() =>
        {
            Assert.That(failure!.DataState, Is.EqualTo(DataState.NeedsAttention));
            Assert.That(Calls.Log, Has.None.StartsWith("restore"));
            Assert.That(Set.State("shop"), Is.EqualTo("1 2 | mine two"));
            Assert.That(Set.State("archive"), Is.EqualTo(Before));
            Assert.That(Set.Journal.Exists, Is.False);
        });
    }
}
