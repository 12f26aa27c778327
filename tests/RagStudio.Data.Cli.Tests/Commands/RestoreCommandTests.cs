namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class RestoreCommandTests : CliTest
{
    [Test]
    public async Task Restore_brings_rows_back_and_its_safety_backup_restores_the_other_way()
    {
        await MigrateAsync();
        Rows.AddSetting(AppMeta, "old");
        Rows.AddCheckpoint(Events, "old");
        var id = await BackUpAsync();
        Rows.AddSetting(AppMeta, "new");
        Database.Execute(Events, "DELETE FROM event_checkpoints");
        var back = await RunAsync("restore", id, "--yes", "--json");
        var after = Read();
        var forth = await RunAsync("restore", back.Json.GetProperty("safetyBackupId").GetString()!, "--yes");
        Assert.Multiple(() =>
        {
            Assert.That(back.Code, Is.EqualTo(ExitCode.Done), back.Error);
            Assert.That(
                back.Json.Names(),
                Is.EqualTo(new[] { "runId", "backupId", "safetyBackupId", "totalDurationMs" })
            );
            Assert.That(back.Json.GetProperty("backupId").GetString(), Is.EqualTo(id));
            Assert.That(after, Is.EqualTo((1, 0, 1)));
            Assert.That(forth.Code, Is.EqualTo(ExitCode.Done), forth.Error);
            Assert.That(forth.OutLines[0], Does.StartWith("Restored the backup "));
            Assert.That(forth.OutLines[1], Does.StartWith("The replaced databases are in the backup "));
            Assert.That(Read(), Is.EqualTo((1, 1, 0)));
        });
    }

    [Test]
    public async Task Restore_of_a_set_with_one_database_leaves_the_other_at_its_version()
    {
        await MigrateAsync();
        await RunAsync("rollback", "IndexReferences", "--database", "app_meta", "--yes");
        var sets = await RunAsync("backup", "list", "--json");
        var id = sets.Json.GetProperty("backups")[0].GetProperty("id").GetString()!;
        Rows.AddCheckpoint(Events, "new");
        var verified = await RunAsync("backup", "verify", id, "--json");
        var unknown = await RunAsync("backup", "verify", "nope");

        Answer = "n";
        var asked = await RunAsync("restore", id);
        var restored = await RunAsync("restore", id, "--yes", "--json");

        Assert.Multiple(() =>
        {
            Assert.That(verified.Code, Is.EqualTo(ExitCode.Done), verified.Error);
            Assert.That(verified.Json.GetProperty("backups").GetArrayLength(), Is.EqualTo(1));
            Assert.That(unknown.Code, Is.EqualTo(ExitCode.Refused));
            Assert.That(unknown.ErrorLines.Single(), Does.Contain("'nope'"));
            Assert.That(asked.ErrorLines, Has.One.EqualTo("The databases that it does not hold stay as they are."));
            Assert.That(restored.Code, Is.EqualTo(ExitCode.Done), restored.Error);
            var left = restored.Json.GetProperty("left").EnumerateArray().Single();
            Assert.That(left.GetProperty("name").GetString(), Is.EqualTo("events"));
            Assert.That(
                left.GetProperty("currentVersion").GetString(),
                Is.EqualTo("20261127034358_IndexEventReferences")
            );
            Assert.That(Rows.Checkpoints(Events, "new"), Is.EqualTo(1), "it was not restored");
        });
        Assert.That((await RunAsync("status", "--check")).Code, Is.EqualTo(ExitCode.Done));
    }

    [Test]
    public async Task Restore_of_one_database_that_the_other_does_not_fit_changes_nothing_and_shows_the_command()
    {
        await MigrateAsync();
        var created = await RunAsync("backup", "create", "--database", "app_meta", "--json");
        var id = created.Json.GetProperty("backupId").GetString()!;
        Write("notes/one.md", "One.");
        Assert.That((await RunAsync("import", PathTo("notes"), "-k", "notes")).Code, Is.EqualTo(ExitCode.Done));

        var refused = await RunAsync("restore", id, "--yes");
        Assert.Multiple(() =>
        {
            Assert.That(refused.Code, Is.EqualTo(ExitCode.Failed));
            Assert.That(refused.Error, Does.Contain($"ragstudio-db restore {id} --database app_meta"));
            Assert.That(Database.Count(AppMeta, "knowledge_bases"), Is.EqualTo(1));
        });

        var forced = await RunAsync("restore", id, "--database", "app_meta", "--yes");
        Assert.That(forced.Code, Is.EqualTo(ExitCode.Done), forced.Error);
        Assert.That(Database.Count(AppMeta, "knowledge_bases"), Is.Zero);
    }

    [Test]
    public async Task Restore_of_an_altered_backup_ends_with_4_and_changes_nothing()
    {
        await MigrateAsync();
        var id = await BackUpAsync();
        Rows.AddSetting(AppMeta, "new");
        Alter(PathTo("data", "backups", id, "events.db"));
        var result = await RunAsync("restore", id, "--yes");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Failed));
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1).And.All.Contains("events.db: the file was altered"));
            Assert.That(Rows.Settings(AppMeta, "new"), Is.EqualTo(1));
            Assert.That(Directory.GetDirectories(PathTo("data", "backups")), Has.Length.EqualTo(1));
        });
    }

    [TestCase("nope")]
    [TestCase("../data")]
    [TestCase("")]
    public async Task Restore_of_an_unknown_backup_ends_with_11_and_makes_nothing(string id)
    {
        var result = await RunAsync("restore", id, "--yes");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Refused));
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1).And.All.Contains($"there is no backup '{id}'"));
            Assert.That(DataDirectory, Does.Not.Exist);
        });
    }

    [Test]
    public async Task Restore_makes_lost_databases_anew_from_backups_that_are_elsewhere()
    {
        await MigrateAsync();
        Rows.AddSetting(AppMeta, "old");
        var id = await BackUpAsync("--backup-dir", "safe");
        Directory.Delete(DataDirectory, recursive: true);
        var result = await RunAsync("restore", id, "--yes", "--backup-dir", "safe", "--json");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(Rows.Settings(AppMeta, "old"), Is.EqualTo(1));
            Assert.That(Rows.Checkpoints(Events, "old"), Is.Zero);
        });
    }

    [Test]
    public async Task Restore_wants_yes_where_nobody_can_be_asked_and_changes_nothing()
    {
        await MigrateAsync();
        var id = await BackUpAsync();
        var before = FolderImage.Of(Folder);
        var result = await RunAsync("restore", id);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1).And.All.Contains("Pass --yes."));
            Assert.That(FolderImage.Of(Folder), Is.EqualTo(before));
        });
    }

    [TestCase("n\n", ExitCode.Cancelled, 1)]
    [TestCase("y\n", ExitCode.Done, 0)]
    public async Task Restore_shows_what_it_would_do_and_asks(string answer, object code, long rows)
    {
        await MigrateAsync();
        var id = await BackUpAsync();
        Rows.AddSetting(AppMeta, "new");
        Answer = answer;
        var result = await RunAsync("restore", id);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(code), result.Error);
            Assert.That(result.ErrorLines[0], Does.Match($"^The backup {id} was made at .*Z [(]manual[)]"));
            Assert.That(
                result.ErrorLines[1],
                Does.Match("^app_meta returns to its state then, at [0-9]+_SearchChunks")
            );
            Assert.That(Rows.Settings(AppMeta, "new"), Is.EqualTo(rows));
        });
    }

    private async Task<string> BackUpAsync(params string[] options)
    {
        var result = await RunAsync(["backup", "create", "--json", .. options]);
        return result.Json.GetProperty("backupId").GetString()!;
    }

    private (long Old, long New, long Checkpoint) Read() =>
        (Rows.Settings(AppMeta, "old"), Rows.Settings(AppMeta, "new"), Rows.Checkpoints(Events, "old"));

    private static void Alter(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
    }
}
