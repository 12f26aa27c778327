using Microsoft.EntityFrameworkCore;
using RagStudio.Data.CrashHost;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Storage;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Lock;

/// <summary>A database with two names: a link in the application's folder, and the file that it refers to.</summary>
[Platform(Exclude = "Win", Reason = "only an administrator makes links there")]
public sealed class LinkedFileTests
{
    private TemporaryFolder _folder = null!;
    private Shop _real = null!;
    private Shop _app = null!;

    [SetUp]
    public void CreateFolders()
    {
        _folder = new TemporaryFolder();
        (_real, _app) = (new Shop(_folder.Combine("real")), new Shop(_folder.Combine("app")));
        Directory.CreateDirectory(_real.Folder);
    }

    [TearDown]
    public void DisposeFolder() => _folder.Dispose();

    [TestCase(true, Description = "each file is a link")]
    [TestCase(false, Description = "the folder is a link")]
    public async Task MigrateAsync_by_a_link_keeps_everything_beside_the_file(bool files)
    {
        await CreateFirstReleasesAsync();
        Link(files);

        var summary = await _app.Manager(ShopRelease.Final).MigrateAsync();

        Assert.Multiple(() =>
        {
            Assert.That(Path.Combine(_real.Backups, summary.BackupId!, "archive.db"), Does.Exist);
            Assert.That(_real.PathOf("shop") + ".lock", Does.Exist);
            Assert.That(new FileInfo(_app.PathOf("shop")).LinkTarget is not null, Is.EqualTo(files));
            Assert.That(
                Directory.GetFileSystemEntries(_app.Folder).Select(Path.GetFileName).Where(_ => files),
                Is.EquivalentTo(files ? ["shop.db", "archive.db"] : Array.Empty<string>())
            );
        });
        Assert.That((await _real.Manager(ShopRelease.Final).Backups.ListAsync())[0].Id, Is.EqualTo(summary.BackupId));
        Assert.That(
            (await _real.Manager(ShopRelease.Final).GetStatusAsync()).Verdict,
            Is.EqualTo(MigrationVerdict.UpToDate)
        );
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_run_that_was_killed_by_a_link_is_undone_by_the_real_path_and_never_again(bool files)
    {
        await CreateFirstReleasesAsync();
        Link(files);
        HostProcess.Run(new HostCommand(_app.Folder, RunActivity.Migrate, ShopRelease.Final, KillAt: "Apply:11"));
        Assert.That(_real.Journal, Does.Exist);

        await _real.Manager(ShopRelease.Final).MigrateAsync();
        _real.Execute("INSERT INTO orders (customer) VALUES ('newer')");
        await _app.Manager(ShopRelease.Final).MigrateAsync();

        Assert.That(_real.Scalar<long>("SELECT count(*) FROM orders WHERE customer = 'newer'"), Is.EqualTo(1));
        Assert.That(_real.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(51));
    }

    [Test]
    public async Task A_run_that_was_killed_by_the_real_path_is_undone_by_the_link()
    {
        await CreateFirstReleasesAsync();
        Link(files: true);
        HostProcess.Run(new HostCommand(_real.Folder, RunActivity.Migrate, ShopRelease.Final, KillAt: "Apply:11"));

        var recovered = await _app.Manager(ShopRelease.Final).RecoverAsync();

        Assert.That(recovered.Restored);
        Assert.That(_real.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(50));
        Assert.That(_real.Journal, Does.Not.Exist);
    }

    [Test]
    public async Task A_link_that_leads_to_nothing_yet_is_filled_as_EF_would()
    {
        Directory.CreateDirectory(_app.Folder);
        File.CreateSymbolicLink(_app.PathOf("shop"), _real.PathOf("shop"));

        await _app.Manager<ShopContext>().MigrateAsync();

        Assert.That(new FileInfo(_real.PathOf("shop")).Length, Is.Positive);
        Assert.That(_real.Scalar<long>("SELECT count(*) FROM orders"), Is.Zero);
    }

    [Test]
    public async Task A_guarded_context_fills_a_link_that_leads_to_nothing_yet()
    {
        Directory.CreateDirectory(_app.Folder);
        File.CreateSymbolicLink(_app.PathOf("shop"), Path.Combine("..", "real", "shop.db"));
        await using var context = new ShopContext(
            new DbContextOptionsBuilder<ShopContext>()
                .UseSqlite($"Data Source={_app.PathOf("shop")};Pooling=False")
                .UseGuardedMigrations()
                .Options
        );

        await context.Database.MigrateAsync();

        Assert.That(_real.Scalar<long>("SELECT count(*) FROM orders"), Is.Zero);
    }

    [Test]
    public void One_file_under_two_names_is_one_storage()
    {
        Directory.CreateDirectory(_app.Folder);
        File.CreateSymbolicLink(_app.PathOf("shop"), _real.PathOf("shop"));
        var (one, other) = (StorageOf(_app), StorageOf(_real));

        Assert.That(one.Equals(other));
        Assert.That(one.GetHashCode(), Is.EqualTo(other.GetHashCode()));
        Assert.That((one.Path, one.GivenPath), Is.EqualTo((_real.PathOf("shop"), _app.PathOf("shop"))));
    }

    [Test]
    public async Task Who_holds_a_file_by_its_link_keeps_out_who_comes_by_its_path()
    {
        Directory.CreateDirectory(_app.Folder);
        File.CreateSymbolicLink(_app.PathOf("shop"), _real.PathOf("shop"));
        await using var held = await StorageOf(_app)
            .OpenAsync(new RunIdentity("run", RunActivity.Migrate), TimeSpan.FromSeconds(5), CancellationToken.None);

        var failure = Assert.ThrowsAsync<DatabaseLockedException>(() =>
            StorageOf(_real)
                .OpenAsync(new RunIdentity("run", RunActivity.Migrate), TimeSpan.Zero, CancellationToken.None)
        );

        Assert.That(failure!.Holder?.ProcessId, Is.EqualTo(Environment.ProcessId));
    }

    [Test]
    public async Task A_journal_that_an_earlier_version_left_beside_a_link_is_still_undone()
    {
        await LeaveOldJournalAsync();

        await _app.Manager(ShopRelease.Final).MigrateAsync();

        Assert.That(_app.Journal, Does.Not.Exist);
        Assert.That(_real.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(50));
    }

    [Test]
    public async Task A_journal_that_an_earlier_version_left_beside_a_link_undoes_nothing_that_was_done_since()
    {
        await LeaveOldJournalAsync();
        await _real.Manager(ShopRelease.Final).MigrateAsync();
        _real.Execute("INSERT INTO orders (customer) VALUES ('newer')");

        var failure = Assert.ThrowsAsync<RecoveryFailedException>(() => _app.Manager(ShopRelease.Final).MigrateAsync());

        Assert.That(failure!.Message, Does.Contain("was changed after it by the run"));
        Assert.That(_real.Scalar<long>("SELECT count(*) FROM orders WHERE customer = 'newer'"), Is.EqualTo(1));
    }

    /// <summary>
    /// Leaves a journal as in earlier versions, which kept journals and, by default, backups beside the path
    /// that the program was given.
    /// </summary>
    private async Task LeaveOldJournalAsync()
    {
        await CreateFirstReleasesAsync();
        HostProcess.Run(new HostCommand(_real.Folder, RunActivity.Migrate, ShopRelease.Final, KillAt: "Apply:11"));
        Link(files: true);
        var text = await File.ReadAllTextAsync(_real.Journal);
        await File.WriteAllTextAsync(_app.Journal, text.Replace(_real.Folder, _app.Folder, StringComparison.Ordinal));
        File.Delete(_real.Journal);
        Directory.Move(_real.Backups, _app.Backups);
        foreach (var set in Directory.GetDirectories(_app.Backups))
        {
            new BackUp.SharedFolder(_app.Folder).MakeOld(Path.GetFileName(set));
        }
    }

    private static SqliteStorage StorageOf(Shop shop) => new SqliteStorage($"Data Source={shop.PathOf("shop")}");

    private async Task CreateFirstReleasesAsync()
    {
        await _real.CreateFirstReleaseAsync(orders: 50, "shop");
        await _real.CreateFirstReleaseAsync(orders: 50, "archive");
    }

    private void Link(bool files)
    {
        if (!files)
        {
            Directory.CreateSymbolicLink(_app.Folder, _real.Folder);
            return;
        }
        Directory.CreateDirectory(_app.Folder);
        foreach (var file in new[] { "shop.db", "archive.db" })
        {
            File.CreateSymbolicLink(Path.Combine(_app.Folder, file), Path.Combine("..", "real", file));
        }
    }
}
