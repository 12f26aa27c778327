using System.Text;
using RagStudio.Data.CrashHost;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Recover;

/// <summary>The journal of a killed run, found in a folder that has been renamed since.</summary>
public sealed class MovedJournalTests
{
    private CrashScenario _scenario = null!;

    private Shop Shop => _scenario.Shop;

    [OneTimeSetUp]
    public async Task KillARunAsync() => _scenario = await CrashScenario.RecoverAsync(orders: 100);

    [OneTimeTearDown]
    public void DisposeScenario() => _scenario.Dispose();

    [SetUp]
    public void Reset() => _scenario.Reset();

    [Test]
    public async Task A_folder_that_was_moved_with_its_journal_is_recovered_where_it_is()
    {
        using var place = new TemporaryFolder();
        var moved = new Shop(place.Combine("moved"));
        CopyFolder(Shop.Folder, moved.Folder);
        // Nothing may depend on files at the old place.
        foreach (var file in Directory.GetFiles(Shop.Folder))
        {
            File.Delete(file);
        }

        var recovered = await moved.Manager(ShopRelease.Final).RecoverAsync();

        Assert.Multiple(() =>
        {
            Assert.That(recovered.Restored);
            Assert.That(moved.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(100));
            Assert.That(moved.Scalar<long>("SELECT count(*) FROM orders", "archive"), Is.EqualTo(100));
            Assert.That(moved.Journal, Does.Not.Exist);
            Assert.That(Directory.GetFiles(Shop.Folder), Is.Empty);
        });
    }

    [Test]
    public async Task A_copy_of_a_folder_is_recovered_without_touching_the_folder_that_it_is_a_copy_of()
    {
        using var place = new TemporaryFolder();
        var copy = new Shop(place.Combine("copy"));
        CopyFolder(Shop.Folder, copy.Folder);
        var before = Shop.Files();

        await copy.Manager(ShopRelease.Final).RecoverAsync();

        Assert.That(copy.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(100));
        Assert.That(Shop.Files(), Is.EqualTo(before));
    }

    [TestCase("/srv/elsewhere", Description = "as a container has it")]
    [TestCase("C:\\App Data", Description = "as Windows has it")]
    public async Task A_journal_that_spells_the_folder_otherwise_is_understood(string folder)
    {
        await RespellAsync(folder);

        Assert.That(await _scenario.NextStartAsync(recoverFirst: true), Is.Empty);
    }

    [Test]
    public async Task A_program_of_other_databases_finds_it_by_the_file_too()
    {
        await RespellAsync("/srv/elsewhere");

        var failure = Assert.ThrowsAsync<RecoveryFailedException>(() =>
            Shop.Manager(
                    null,
                    migrator => migrator.AddSqliteDatabase<ShopContext>("mine", $"Data Source={Shop.PathOf("archive")}")
                )
                .MigrateAsync()
        );

        Assert.That(failure!.Message, Does.Contain("other databases than this program has (shop, archive)"));
    }

    [Test]
    public async Task Databases_that_are_called_otherwise_now_are_recovered_by_their_files()
    {
        var renamed = Shop.Manager(
            null,
            migrator =>
            {
                migrator.AddSqliteDatabase<ShopContext>("one", $"Data Source={Shop.PathOf("shop")}");
                migrator.AddSqliteDatabase<ShopContext>("two", $"Data Source={Shop.PathOf("archive")}");
            }
        );

        var recovered = await renamed.RecoverAsync();

        Assert.That(recovered.Restored);
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(100));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders", "archive"), Is.EqualTo(100));
    }

    private async Task RespellAsync(string folder)
    {
        var text = await File.ReadAllTextAsync(Shop.Journal);
        foreach (var file in new[] { "shop.db", "archive.db" })
        {
            var path = folder + (folder.Contains('\\', StringComparison.Ordinal) ? '\\' : '/') + file;
            text = text.Replace(
                $"\"{Shop.Folder}/{file}\"",
                $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal)}\"",
                StringComparison.Ordinal
            );
        }
        Assert.That(text, Does.Contain("elsewhere").Or.Contain("App Data"));
        await File.WriteAllTextAsync(Shop.Journal, text, new UTF8Encoding(false));
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
