using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Habits;

/// <summary>Damage carried by a copy is reported, and never blocks a repair.</summary>
public sealed class OldDamageTests : ShopTest
{
    private const string BreakSearch = "DELETE FROM docs_fts_data WHERE id > 10";

    [Test]
    public async Task A_broken_search_index_is_mended_by_the_migration_that_rebuilds_it()
    {
        await CreateSearchAsync(SearchContext.AddTitle);
        Shop.Execute(BreakSearch);
        Assert.That(Shop.Scalar<string>("PRAGMA integrity_check"), Is.Not.EqualTo("ok"));
        var backup = await Shop.Manager<SearchContext>().Backups.CreateAsync();

        await Shop.Manager<SearchContext>().MigrateAsync();

        Assert.That(Shop.Scalar<string>("PRAGMA integrity_check"), Is.EqualTo("ok"));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM docs_fts('text')"), Is.EqualTo(2));
        Assert.That(backup!.Verified);
        Assert.That(backup.Databases.Single().Warning, Does.Contain("docs_fts"));
    }

    [Test]
    public async Task A_broken_search_index_is_a_warning_of_every_other_run_and_an_error_of_a_validation()
    {
        await CreateSearchAsync("20240101000000_Create");
        Shop.Execute(BreakSearch);

        var report = (await Shop.Validate<SearchContext>()).Reports.Single();
        var summary = await Shop.Manager<SearchContext>().MigrateToVersionAsync(SearchContext.AddTitle);

        Assert.That(
            report.Errors.Select(error => (error.Kind, error.Table)),
            Has.Member((ValidationErrorKind.Integrity, "docs_fts"))
        );
        Assert.That(
            summary.Reports.SelectMany(r => r.Warnings).Select(warning => warning.Kind),
            Has.Member(ValidationWarningKind.ExistingDamage)
        );
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM docs"), Is.EqualTo(2));
    }

    [Test]
    public async Task Values_of_another_type_than_their_column_are_rows_to_mend_and_no_broken_structure()
    {
        await Shop.Manager<NotesContext>().MigrateToVersionAsync(NotesContext.Create);
        Shop.Execute("INSERT INTO notes VALUES (1, '12')");
        Shop.Execute(
            "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE TABLE notes (id INTEGER PRIMARY KEY, body INTEGER)' WHERE name = 'notes'"
        );
        Assert.That(Shop.Scalar<string>("PRAGMA quick_check"), Does.StartWith("TEXT value in notes.body"));

        var backup = await Shop.Manager<NotesContext>().Backups.CreateAsync();
        await Shop.Manager<NotesContext>().MigrateAsync();

        Assert.That(backup!.Verified);
        Assert.That(Shop.Column("SELECT body FROM notes"), Is.EqualTo(new[] { "12" }));
    }

    [Test]
    public async Task A_damaged_structure_refuses_a_migration_and_can_be_backed_up_and_restored_knowingly()
    {
        await CreateDamagedAsync();
        var before = Bytes();
        var manager = Shop.Manager<ShopContext>();

        var refused = Assert.ThrowsAsync<DatabaseAccessException>(() => manager.MigrateAsync())!;
        var backup = (await manager.Backups.CreateAsync())!;

        Assert.That(refused.Problem, Is.EqualTo(DatabaseProblem.Corrupt));
        Assert.That(refused.Message, Does.Contain("backup create"));
        Assert.That(backup.Verified, Is.False);
        Assert.That(backup.Databases.Single().Check, Is.Not.EqualTo(BackupDatabase.CheckPassed));
        var copy = File.ReadAllBytes(Path.Combine(Shop.Backups, backup.Id, backup.Databases.Single().File!));
        Assert.That(copy[100..], Is.EqualTo(before[100..]), "all but the header's bytes of the journal mode");
        Assert.That(
            Assert.ThrowsAsync<BackupFailedException>(() => manager.RestoreAsync(backup.Id))!.Message,
            Does.Contain("was damaged when the backup was made").And.Contain("--even-damaged")
        );

        await Shop.Manager<ShopContext>(options => options.RestoreDamaged = true).RestoreAsync(backup.Id);

        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM order_lines"), Is.EqualTo(2000));
    }

    [Test]
    public async Task A_good_backup_is_restored_over_a_damaged_database()
    {
        await Shop.CreateFirstReleaseAsync(orders: 2000);
        var good = (await Shop.Manager<FirstShopContext>().Backups.CreateAsync())!;
        Damage();

        var restored = await Shop.Manager<FirstShopContext>().RestoreAsync(good.Id);

        Assert.That(Shop.Scalar<string>("PRAGMA integrity_check"), Is.EqualTo("ok"));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(2000));
        var sets = await Shop.Manager<FirstShopContext>().Backups.ListAsync();
        Assert.That(sets.Single(set => set.Id == restored.SafetyBackupId).Verified, Is.False);
    }

    [Test]
    public async Task A_backup_that_was_altered_since_is_never_restored()
    {
        await CreateDamagedAsync();
        var manager = Shop.Manager<ShopContext>(options => options.RestoreDamaged = true);
        var backup = (await manager.Backups.CreateAsync())!;
        var file = Path.Combine(Shop.Backups, backup.Id, backup.Databases.Single().File!);
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);

        Assert.ThrowsAsync<BackupFailedException>(() => manager.RestoreAsync(backup.Id));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_database_whose_schema_cannot_be_read_is_backed_up_as_it_is(bool isMalformed)
    {
        await Shop.CreateFirstReleaseAsync(orders: 2000);
        var good = (await Shop.Manager<FirstShopContext>().Backups.CreateAsync())!;
        Spoil(isMalformed);
        var before = Bytes();
        var manager = Shop.Manager<FirstShopContext>();

        var refused = Assert.ThrowsAsync<DatabaseAccessException>(() => manager.MigrateAsync())!;
        var backup = (await manager.Backups.CreateAsync())!;

        Assert.That(refused.Problem, Is.EqualTo(DatabaseProblem.Corrupt));
        Assert.That(backup.Verified, Is.False);
        var copy = File.ReadAllBytes(Path.Combine(Shop.Backups, backup.Id, backup.Databases.Single().File!));
        Assert.That(copy[100..], Is.EqualTo(before[100..]));
        Assert.That(Bytes()[100..], Is.EqualTo(before[100..]));

        await manager.RestoreAsync(good.Id);

        Assert.That(Shop.Scalar<string>("PRAGMA integrity_check"), Is.EqualTo("ok"));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(2000));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_restore_over_a_damaged_database_that_fails_leaves_it_as_it_was(bool isMalformed)
    {
        await Shop.CreateFirstReleaseAsync(orders: 2000);
        var good = (await Shop.Manager<FirstShopContext>().Backups.CreateAsync())!;
        Spoil(isMalformed);
        var before = Bytes();
        var manager = Shop.Manager<FirstShopContext>();
        var fail = new OnPhase(MigrationPhase.Validate, () => throw new InvalidOperationException("Not today."));

        var failure = Assert.CatchAsync<MigrationException>(() => manager.RestoreAsync(good.Id, fail))!;

        Assert.That(failure.DataState, Is.EqualTo(DataState.Restored));
        Assert.That(Bytes()[100..], Is.EqualTo(before[100..]));
        Assert.That(File.Exists(Shop.Journal), Is.False);
        await manager.RestoreAsync(good.Id);
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(2000));
    }

    /// <summary>
    /// Makes a definition that SQLite cannot parse, or overwrites the page that contains all definitions.
    /// </summary>
    private void Spoil(bool isMalformed)
    {
        if (isMalformed)
        {
            Shop.Execute(
                "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE TABLE orders (' WHERE name = 'orders'; PRAGMA wal_checkpoint(TRUNCATE)"
            );
            return;
        }
        SqliteConnection.ClearAllPools();
        using var file = new FileStream(Shop.PathOf("shop"), FileMode.Open);
        file.Position = 100;
        file.Write(new byte[200]);
    }

    private async Task CreateSearchAsync(string version)
    {
        await Shop.Manager<SearchContext>().MigrateToVersionAsync(version);
        Shop.Execute("INSERT INTO docs (id, body) VALUES (1, 'some text'), (2, 'more text')");
    }

    private async Task CreateDamagedAsync()
    {
        await Shop.CreateFirstReleaseAsync(orders: 2000);
        Damage();
    }

    /// <summary>Overwrites a page in the middle of the orders.</summary>
    private void Damage()
    {
        var pages = Shop.Scalar<long>("SELECT rootpage FROM sqlite_master WHERE name = 'orders'");
        SqliteConnection.ClearAllPools();
        using var file = new FileStream(Shop.PathOf("shop"), FileMode.Open);
        file.Position = (pages - 1) * 4096L + 8;
        file.Write(new byte[64]);
    }

    private byte[] Bytes() => File.ReadAllBytes(Shop.PathOf("shop"));
}
