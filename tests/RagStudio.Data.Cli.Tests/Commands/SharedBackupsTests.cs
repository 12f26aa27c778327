using System.Text.Json;

namespace RagStudio.Data.Cli.Tests;

/// <summary>Two data directories that keep their backups in one folder.</summary>
[TestFixture]
internal sealed class SharedBackupsTests : CliTest
{
    private string OtherAppMeta => PathTo("other", "app_meta.db");

    [SetUp]
    public async Task MigrateBoth()
    {
        await MigrateAsync();
        Rows.AddSetting(AppMeta, "mine");
        await MigrateAsync("--data-dir", "other");
        Rows.AddSetting(OtherAppMeta, "theirs");
    }

    [Test]
    public async Task Restore_of_the_others_backup_ends_with_11_names_its_files_and_changes_nothing()
    {
        var id = await BackUpAsync("data");
        var before = FolderImage.Of(Folder);

        var result = await RunOnOtherAsync("restore", id, "--yes");

        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Refused));
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1));
            Assert.That(result.Error, Does.Contain($"but of '{AppMeta}' and '{Events}'. Nothing was changed."));
            Assert.That(result.Error, Does.Contain("--of-another-database"));
            Assert.That(FolderImage.Of(Folder), Is.EqualTo(before));
        });
    }

    [TestCase("n\n", "theirs")]
    [TestCase("y\n", "mine")]
    public async Task Restore_of_another_database_says_whose_rows_there_will_be_and_asks(string answer, string setting)
    {
        var id = await BackUpAsync("data");
        Answer = answer;

        var result = await RunOnOtherAsync("restore", id, "--of-another-database");

        Assert.Multiple(() =>
        {
            Assert.That(result.Error, Does.Contain($"It is a backup of '{AppMeta}' and '{Events}'."));
            Assert.That(Rows.Settings(OtherAppMeta, setting), Is.EqualTo(1));
            Assert.That(Rows.Settings(OtherAppMeta, setting == "mine" ? "theirs" : "mine"), Is.Zero);
        });
    }

    [Test]
    public async Task List_and_prune_know_only_their_own()
    {
        var mine = new[] { await BackUpAsync("data"), await BackUpAsync("data") };
        var theirs = new[] { await BackUpAsync("other"), await BackUpAsync("other") };

        var pruned = await RunOnOtherAsync("backup", "prune", "--keep", "1", "--yes", "--json");
        var listed = await RunAsync("backup", "list", "--json", "--backup-dir", "safe");

        Assert.Multiple(() =>
        {
            Assert.That(pruned.Json.GetProperty("removed").Deserialize<string[]>(), Is.EqualTo(theirs[..1]));
            Assert.That(
                listed.Json.GetProperty("backups").EnumerateArray().Select(set => set.GetProperty("id").GetString()),
                Is.EquivalentTo(mine)
            );
        });
    }

    [Test]
    public async Task Create_tells_which_old_backups_it_removed()
    {
        for (var i = 0; i < 11; i++)
        {
            await BackUpAsync("data");
        }
        var oldest = Directory.GetDirectories(PathTo("safe")).Select(Path.GetFileName).Min()!;

        var plain = await RunAsync("backup", "create", "--backup-dir", "safe");
        var json = await RunAsync("backup", "create", "--backup-dir", "safe", "--json");

        Assert.Multiple(() =>
        {
            Assert.That(plain.OutLines, Has.Length.EqualTo(2));
            Assert.That(plain.OutLines[1], Is.EqualTo($"Removed the old backup {oldest}."));
            Assert.That(json.Json.GetProperty("prunedBackups").GetArrayLength(), Is.EqualTo(1));
        });
    }

    private Task<CliResult> RunOnOtherAsync(params string[] args) =>
        RunAsync([.. args, "--data-dir", "other", "--backup-dir", "safe"]);

    private async Task<string> BackUpAsync(string folder)
    {
        var result = await RunAsync("backup", "create", "--json", "--data-dir", folder, "--backup-dir", "safe");
        return result.Json.GetProperty("backupId").GetString()!;
    }
}
