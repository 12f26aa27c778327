using System.Text.Json;

namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class BackupCareTests : CliTest
{
    [Test]
    public async Task Verify_prints_every_set_with_what_is_wrong_and_ends_with_6()
    {
        var (good, bad) = await TwoSetsAsync();
        File.Delete(PathTo("data", "backups", bad, "events.db"));
        var result = await RunAsync("backup", "verify", "--json");
        var sets = result
            .Json.GetProperty("backups")
            .EnumerateArray()
            .ToDictionary(set => set.GetProperty("id").GetString()!);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Invalid));
            Assert.That(
                sets[good].Names(),
                Is.EqualTo(new[] { "id", "createdAt", "reason", "sizeBytes", "verified", "faults", "databases" })
            );
            Assert.That(sets[good].GetProperty("verified").GetBoolean(), Is.True);
            Assert.That(sets[good].GetProperty("faults").GetArrayLength(), Is.Zero);
            Assert.That(sets[bad].GetProperty("verified").GetBoolean(), Is.False);
            Assert.That(sets[bad].GetProperty("faults")[0].GetString(), Is.EqualTo("events.db: the file is missing"));
        });
    }

    [Test]
    public async Task Verify_shows_the_faults_in_plain_lines()
    {
        var (good, bad) = await TwoSetsAsync();
        File.Delete(PathTo("data", "backups", bad, "events.db"));
        var result = await RunAsync("backup", "verify");
        Assert.Multiple(() =>
        {
            Assert.That(result.OutLines, Has.Some.Match($"^{good} .* ok "));
            Assert.That(result.OutLines, Has.Some.Match($"^{bad} .* damaged "));
            Assert.That(result.OutLines[^1], Is.EqualTo($"{bad}: events.db: the file is missing"));
            Assert.That(result.ErrorLines, Is.EqualTo(new[] { "error: 1 of 2 backups cannot be restored." }));
        });
    }

    [Test]
    public async Task Verify_of_good_sets_ends_with_0_and_writes_nothing()
    {
        await TwoSetsAsync();
        var before = FolderImage.Of(Folder);
        var result = await RunAsync("backup", "verify");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(FolderImage.Of(Folder), Is.EqualTo(before));
        });
    }

    [TestCase("--keep", "1")]
    [TestCase("--max-bytes", "1")]
    public async Task Prune_removes_what_a_limit_does_not_keep_and_never_the_newest(params string[] limit)
    {
        var (old, newest) = await TwoSetsAsync();
        var result = await RunAsync(["backup", "prune", "--yes", "--json", .. limit]);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(result.Json.GetProperty("removed").Deserialize<string[]>(), Is.EqualTo(new[] { old }));
            Assert.That(PathTo("data", "backups", old), Does.Not.Exist);
            Assert.That(PathTo("data", "backups", newest), Does.Exist);
        });
    }

    [TestCase]
    [TestCase("--keep", "2")]
    [TestCase("--max-age", "1")]
    public async Task Prune_keeps_what_the_limits_allow(params string[] limit)
    {
        var (old, newest) = await TwoSetsAsync();
        var result = await RunAsync(["backup", "prune", "--yes", .. limit]);
        Assert.Multiple(() =>
        {
            Assert.That(result.OutLines, Is.EqualTo(new[] { "No backup was removed." }), result.Error);
            Assert.That(PathTo("data", "backups", old), Does.Exist);
            Assert.That(PathTo("data", "backups", newest), Does.Exist);
        });
    }

    [Test]
    public async Task Prune_wants_yes_where_nobody_can_be_asked_and_removes_nothing()
    {
        await TwoSetsAsync();
        var before = FolderImage.Of(Folder);
        var result = await RunAsync("backup", "prune", "--keep", "1");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(FolderImage.Of(Folder), Is.EqualTo(before));
        });
    }

    [TestCase("n\n", ExitCode.Cancelled, 2)]
    [TestCase("y\n", ExitCode.Done, 1)]
    public async Task Prune_says_what_stays_and_asks(string answer, object code, int left)
    {
        await TwoSetsAsync();
        Answer = answer;
        var result = await RunAsync("backup", "prune", "--keep", "1", "--max-age", "90");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(code), result.Error);
            Assert.That(result.ErrorLines[0], Does.StartWith("2 backups, "));
            Assert.That(
                result.ErrorLines[1],
                Does.StartWith("Backups that exceed a limit (1 backup, 90 days) will be removed.")
            );
            Assert.That(Directory.GetDirectories(PathTo("data", "backups")), Has.Length.EqualTo(left));
        });
    }

    [Test]
    public async Task Backups_may_be_in_another_folder()
    {
        await MigrateAsync();
        var created = await RunAsync("backup", "create", "--json", "--backup-dir", "safe");
        var listed = await RunAsync("backup", "list", "--json", "--backup-dir", PathTo("safe"));
        var id = created.Json.GetProperty("backupId").GetString()!;
        Assert.Multiple(() =>
        {
            Assert.That(PathTo("safe", id, "app_meta.db"), Does.Exist);
            Assert.That(listed.Json.GetProperty("backups")[0].GetProperty("id").GetString(), Is.EqualTo(id));
            Assert.That(PathTo("data", "backups"), Does.Not.Exist);
        });
    }

    private async Task<(string Old, string New)> TwoSetsAsync()
    {
        await MigrateAsync();
        return (await BackUpAsync(), await BackUpAsync());
    }

    private async Task<string> BackUpAsync() =>
        (await RunAsync("backup", "create", "--json")).Json.GetProperty("backupId").GetString()!;
}
