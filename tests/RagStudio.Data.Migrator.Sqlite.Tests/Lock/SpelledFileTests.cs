using RagStudio.Data.CrashHost;
using RagStudio.Data.Migrator.Sqlite.Storage;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Lock;

/// <summary>A database whose path is spelled in different cases, in a folder that ignores case.</summary>
public sealed class SpelledFileTests
{
    private FolderThatIgnoresCase _folder = null!;
    private Shop _one = null!;
    private Shop _other = null!;

    [SetUp]
    public void MountFolder()
    {
        _folder = FolderThatIgnoresCase.Mount();
        (_one, _other) = (new Shop(Path.Combine(_folder.Path, "app")), new Shop(Path.Combine(_folder.Path, "APP")));
        Directory.CreateDirectory(_one.Folder);
    }

    [TearDown]
    public void UnmountFolder() => _folder?.Dispose();

    [Test]
    public void Both_spellings_are_one_storage_before_and_after_the_file_is_there()
    {
        var (one, other) = (StorageOf(_one, "shop"), StorageOf(_other, "SHOP"));

        Assert.That(one.Equals(other), "it is not there yet");
        File.WriteAllText(one.Path, "");
        Assert.That(one.Equals(other));
        Assert.That(one.GetHashCode(), Is.EqualTo(other.GetHashCode()));
        Assert.That(one.Equals(StorageOf(_other, "archive")), Is.False);
    }

    [Test]
    public async Task A_run_that_was_killed_by_one_spelling_is_undone_by_the_other_and_never_again()
    {
        await CreateFirstReleasesAsync();
        HostProcess.Run(new HostCommand(_other.Folder, RunActivity.Migrate, ShopRelease.Final, KillAt: "Apply:11"));
        Assert.That(_one.Journal, Does.Exist);

        await _one.Manager(ShopRelease.Final).MigrateAsync();
        _one.Execute("INSERT INTO orders (customer) VALUES ('newer')");
        await _other.Manager(ShopRelease.Final).MigrateAsync();

        Assert.That(_one.Scalar<long>("SELECT count(*) FROM orders WHERE customer = 'newer'"), Is.EqualTo(1));
        Assert.That(_one.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(51));
    }

    [Test]
    public async Task A_journal_of_the_same_file_in_another_case_is_its_own()
    {
        await CreateFirstReleasesAsync();
        HostProcess.Run(new HostCommand(_one.Folder, RunActivity.Migrate, ShopRelease.Final, KillAt: "Apply:11"));
        var spelled = Shop.Manager(
            null,
            migrator =>
            {
                migrator.AddSqliteDatabase<ShopContext>(
                    "shop",
                    $"Data Source={Path.Combine(_other.Folder, "SHOP.DB")}"
                );
                migrator.AddSqliteDatabase<ShopContext>("archive", $"Data Source={_one.PathOf("archive")}");
            }
        );

        var recovered = await spelled.RecoverAsync();

        Assert.That(recovered.Restored);
        Assert.That(_one.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(50));
        Assert.That(_one.Journal, Does.Not.Exist);
    }

    [Test]
    public async Task A_backup_that_was_made_by_one_spelling_is_listed_and_restored_by_the_other()
    {
        await CreateFirstReleasesAsync();
        var backup = await _one.Manager(ShopRelease.First).Backups.CreateAsync();
        _one.Execute("DELETE FROM orders WHERE id > 3");

        await _other.Manager(ShopRelease.First).RestoreAsync(backup!.Id);

        Assert.That(_one.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(50));
        Assert.That(await _other.Manager(ShopRelease.First).Backups.ListAsync(), Has.Count.EqualTo(2));
    }

    private static SqliteStorage StorageOf(Shop shop, string database) => new($"Data Source={shop.PathOf(database)}");

    private async Task CreateFirstReleasesAsync()
    {
        await _one.CreateFirstReleaseAsync(orders: 50, "shop");
        await _one.CreateFirstReleaseAsync(orders: 50, "archive");
    }
}
