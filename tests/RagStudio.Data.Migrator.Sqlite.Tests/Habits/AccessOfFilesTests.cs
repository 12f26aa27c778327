using System.Diagnostics;
using System.Runtime.Versioning;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Habits;

/// <summary>
/// A run as root does not lock out other users: files created beside a database belong to its owner, as with
/// SQLite's own files.
/// </summary>
[UnsupportedOSPlatform("windows")]
[Platform(Exclude = "Win")]
public sealed class AccessOfFilesTests : ShopTest
{
    private const string User = "1234:2345";

    private const UnixFileMode ForTheGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    [TestCase(true, "660", "770")]
    [TestCase(false, "660", "770")]
    [TestCase(false, "600", "700")]
    [TestCase(false, "640", "750")]
    [TestCase(false, "644", "755")]
    public async Task What_is_made_beside_a_database_has_its_mode_and_its_owner(
        bool isOtherUsers,
        string file,
        string folder
    )
    {
        await CreateAsync();
        File.SetUnixFileMode(Shop.PathOf("shop"), (UnixFileMode)Convert.ToInt32(file, 8));
        var owner = isOtherUsers ? GiveAway() : Run("stat", "-c", "%u:%g", Shop.PathOf("shop"));
        var seen = new List<string>();
        var progress = new OnEvery(() => seen.AddRange(Made()));

        await Shop.Manager<ShopContext>(options => options.RehearseBeforeMigrate = RehearsalPolicy.Always)
            .MigrateAsync(progress);
        seen.AddRange(Made());

        var all = seen.Distinct().ToArray();
        Assert.That(all, Is.All.EndsWith($" {owner}"));
        Assert.That(all, Is.All.Matches($" ({file}|{folder}) "));
        foreach (
            var name in new[]
            {
                ".lock ",
                ".lock-holder ",
                ".run-journal ",
                "manifest.json ",
                "report.json ",
                "/alive ",
            }
        )
        {
            Assert.That(all, Has.Some.Contains(name), name);
        }
    }

    [Test]
    public async Task The_user_goes_on_where_root_has_been()
    {
        await CreateAsync();
        GiveAway();
        await Shop.Manager<FirstShopContext>().Backups.CreateAsync();

        // As the user: the lock, the backup folder and the copies are usable.
        var written = Run(
            "setpriv",
            "--reuid=1234",
            "--regid=2345",
            "--clear-groups",
            "sh",
            "-c",
            $"cd {Shop.Folder} && exec 9<>shop.db.lock && mkdir backups/new && cat backups/*/manifest.json backups/*/shop.db > /dev/null && rm -r backups && echo yes"
        );

        Assert.That(written, Is.EqualTo("yes"));
    }

    [Test]
    public async Task A_link_in_the_place_of_a_file_of_ours_is_not_followed()
    {
        await CreateAsync();
        var precious = Path.Combine(Shop.Folder, "precious");
        File.WriteAllText(precious, "kept");
        var before = Run("stat", "-c", "%a %u:%g", precious);
        File.CreateSymbolicLink(Shop.PathOf("shop") + ".lock-holder", precious);
        GiveAway();

        await Shop.Manager<ShopContext>().MigrateAsync();

        Assert.That(File.ReadAllText(precious), Is.EqualTo("kept"));
        Assert.That(Run("stat", "-c", "%a %u:%g", precious), Is.EqualTo(before));
    }

    [Test]
    public async Task A_lost_database_is_restored_with_the_access_that_it_had()
    {
        await CreateAsync();
        File.SetUnixFileMode(Shop.PathOf("shop"), ForTheGroup);
        var backup = await Shop.Manager<FirstShopContext>().Backups.CreateAsync();
        File.Delete(Shop.PathOf("shop"));

        await Shop.Manager<FirstShopContext>().RestoreAsync(backup!.Id);

        Assert.That(File.GetUnixFileMode(Shop.PathOf("shop")), Is.EqualTo(ForTheGroup));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(5));
        Assert.That(Shop.Scalar<string>("PRAGMA journal_mode"), Is.EqualTo("wal"));
    }

    [Test]
    public async Task The_journal_of_the_restore_of_a_lost_database_is_no_wider_than_the_database_was()
    {
        await CreateAsync();
        File.SetUnixFileMode(Shop.PathOf("shop"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var backup = await Shop.Manager<FirstShopContext>().Backups.CreateAsync();
        File.Delete(Shop.PathOf("shop"));
        var seen = new HashSet<UnixFileMode>();
        var progress = new OnEvery(() =>
        {
            if (File.Exists(Shop.Journal))
            {
                seen.Add(File.GetUnixFileMode(Shop.Journal));
            }
        });

        await Shop.Manager<FirstShopContext>().RestoreAsync(backup!.Id, progress);

        Assert.That(seen, Is.EqualTo(new[] { UnixFileMode.UserRead | UnixFileMode.UserWrite }));
    }

    /// <summary>Creates a database owned by the user, beside which the migrator has not created files yet.</summary>
    private async Task CreateAsync()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        File.Delete(Shop.PathOf("shop") + ".lock");
    }

    private string GiveAway()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("Only root can give a file to somebody.");
        }
        Run("chown", User, Shop.PathOf("shop"), Shop.Folder);
        return User;
    }

    /// <summary>The files and folders beside the database that are not SQLite's: name, mode, owner.</summary>
    private string[] Made() =>
        Run("sh", "-c", $"find {Shop.Folder} -mindepth 1 -printf '/%P %m %U:%G\\n' || true")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private sealed class OnEvery(Action act) : IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value)
        {
            lock (this)
            {
                act();
            }
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : output + process.StandardError.ReadToEnd();
    }
}
