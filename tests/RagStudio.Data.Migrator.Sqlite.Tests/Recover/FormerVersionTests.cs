using System.IO.Compression;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Recover;

/// <summary>
/// Files left by the crash host of commit e4c134a, the last before storages had keys: two databases at their first release with an order and a line each, the
/// backup of both, and the journal of a run to the last release that was killed within its second migration (<c>Migrate Final "" Apply:5</c>). They were made
/// in another folder.
/// </summary>
public sealed class FormerVersionTests
{
    private TemporaryFolder _folder = null!;
    private Shop _shop = null!;

    [SetUp]
    public void Unpack()
    {
        _folder = new TemporaryFolder();
        using var files = typeof(FormerVersionTests).Assembly.GetManifestResourceStream("killed-by-e4c134a.zip")!;
        ZipFile.ExtractToDirectory(files, _folder.Path);
        _shop = new Shop(_folder.Path);
    }

    [TearDown]
    public void Dispose()
    {
        _shop.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task Its_journal_is_recovered_from_its_backup()
    {
        var summary = await _shop.Manager(ShopRelease.Final).RecoverAsync();

        Assert.That(summary.Restored);
        Assert.That(File.Exists(_shop.Journal), Is.False);
        AssertHasOrders("20250101000000_CreateOrders");
        var status = await _shop.Manager(ShopRelease.First).GetStatusAsync();
        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
    }

    [Test]
    public async Task Its_databases_are_recovered_and_migrated_by_the_next_start()
    {
        var summary = await _shop.Manager(ShopRelease.Final).MigrateAsync();

        Assert.That(summary.Success);
        AssertHasOrders("20250401000000_TrimCustomers");
    }

    [Test]
    public async Task Its_backup_is_restored_over_what_was_written_since()
    {
        var manager = _shop.Manager(ShopRelease.Final);
        await manager.MigrateAsync();
        var former = (await manager.Backups.ListAsync())[^1];
        _shop.Execute("DELETE FROM order_lines; DELETE FROM orders");

        await manager.RestoreAsync(former.Id);

        AssertHasOrders("20250101000000_CreateOrders");
    }

    private void AssertHasOrders(string version)
    {
        foreach (var database in new[] { "shop", "archive" })
        {
            Assert.That(_shop.Scalar<string>("SELECT customer FROM orders", database), Is.EqualTo("mine"));
            Assert.That(_shop.Scalar<long>("SELECT count(*) FROM order_lines", database), Is.EqualTo(1));
            Assert.That(
                _shop.Scalar<string>("SELECT max(MigrationId) FROM __EFMigrationsHistory", database),
                Is.EqualTo(version)
            );
        }
    }
}
