namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class BackupCommandTests : CliTest
{
    [Test]
    public async Task Create_makes_a_set_that_list_shows_and_any_program_can_open()
    {
        await MigrateAsync();
        Database.Execute(
            AppMeta,
            "INSERT INTO settings (key, value, created_at, updated_at) VALUES ('mine', '1', '', '')"
        );
        var created = (await RunAsync("backup", "create", "--json")).Json;
        var id = created.GetProperty("backupId").GetString()!;
        var listed = (await RunAsync("backup", "list", "--json")).Json.GetProperty("backups")[0];
        Assert.Multiple(() =>
        {
            Assert.That(
                listed.EnumerateObject().Select(property => property.Name),
                Is.EqualTo(new[] { "id", "createdAt", "reason", "sizeBytes", "verified", "databases" })
            );
            Assert.That(listed.GetProperty("id").GetString(), Is.EqualTo(id));
            Assert.That(listed.GetProperty("reason").GetString(), Is.EqualTo("manual"));
            Assert.That(listed.GetProperty("verified").GetBoolean(), Is.True);
            Assert.That(
                listed.GetProperty("sizeBytes").GetInt64(),
                Is.EqualTo(created.GetProperty("sizeBytes").GetInt64())
            );
            Assert.That(
                Database.Count(PathTo("data", "backups", id, "app_meta.db"), "settings", "key = 'mine'"),
                Is.EqualTo(1)
            );
        });
    }

    [Test]
    public async Task A_damaged_database_is_backed_up_as_it_is_and_its_set_restored_only_knowingly()
    {
        await MigrateAsync();
        var page = (long)Database.Scalar(AppMeta, "SELECT rootpage FROM sqlite_master WHERE name = 'settings'")!;
        using (var file = new FileStream(AppMeta, FileMode.Open))
        {
            file.Position = ((page - 1) * 4096) + 8;
            file.Write(Enumerable.Repeat((byte)0xff, 64).ToArray());
        }

        var created = await RunAsync("backup", "create");
        var id = Path.GetFileName(Directory.GetDirectories(PathTo("data", "backups")).Max()!);
        var refused = await RunAsync("restore", id, "--yes");
        var restored = await RunAsync("restore", id, "--yes", "--even-damaged");

        Assert.Multiple(() =>
        {
            Assert.That(created.Code, Is.EqualTo(ExitCode.Done), created.Error);
            Assert.That(created.OutLines, Has.Some.StartsWith("app_meta is damaged, and so is the copy: "));
            Assert.That(refused.Code, Is.EqualTo(ExitCode.Failed));
            Assert.That(
                refused.Error,
                Does.Contain("was damaged when the backup was made").And.Contain("--even-damaged")
            );
            Assert.That(restored.Code, Is.EqualTo(ExitCode.Done), restored.Error);
        });
    }

    [Test]
    public async Task Create_and_list_say_what_they_did_in_plain_lines()
    {
        await MigrateAsync();
        var created = await RunAsync("backup", "create");
        var listed = await RunAsync("backup", "list");
        Assert.Multiple(() =>
        {
            Assert.That(
                created.OutLines,
                Has.Length.EqualTo(1).And.All.Match("^Made the backup [0-9TZ]+_[0-9a-f]+ [(]")
            );
            Assert.That(listed.OutLines, Has.Length.EqualTo(2));
            Assert.That(listed.OutLines[1], Does.Contain("manual").And.Contain("ok").And.Contain("app_meta, events"));
        });
    }

    [Test]
    public async Task Create_without_a_database_ends_with_9_and_makes_nothing()
    {
        var result = await RunAsync("backup", "create");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.BackupFailed));
            Assert.That(
                result.ErrorLines,
                Is.EqualTo(new[] { $"error: there is no database in '{DataDirectory}' to back up." })
            );
            Assert.That(DataDirectory, Does.Not.Exist);
        });
    }

    [Test]
    public async Task A_set_whose_manifest_cannot_be_read_is_named_by_list_and_verify_which_ends_with_6()
    {
        await MigrateAsync();
        var folder = Directory.CreateDirectory(PathTo("data", "backups", "20260101T000000000Z_broken"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "manifest.json"), "{\"databases\":[null]}");

        var listed = await RunAsync("backup", "list");
        var json = await RunAsync("backup", "list", "--json");
        var verified = await RunAsync("backup", "verify");
        var verifiedJson = await RunAsync("backup", "verify", "--json");
        var restored = await RunAsync("restore", folder.Name, "--yes");

        Assert.Multiple(() =>
        {
            Assert.That(listed.Code, Is.EqualTo(ExitCode.Done), listed.Error);
            Assert.That(listed.OutLines[^1], Does.StartWith($"{folder.Name}: its manifest cannot be read: "));
            Assert.That(json.Json.GetProperty("unreadable")[0].GetProperty("id").GetString(), Is.EqualTo(folder.Name));
            Assert.That(verified.Code, Is.EqualTo(ExitCode.Invalid));
            Assert.That(verified.OutLines[^1], Does.StartWith($"{folder.Name}: its manifest cannot be read: "));
            Assert.That(verifiedJson.Code, Is.EqualTo(ExitCode.Invalid));
            Assert.That(verifiedJson.Json.GetProperty("unreadable").GetArrayLength(), Is.EqualTo(1));
            Assert.That(restored.Code, Is.EqualTo(ExitCode.Failed));
            Assert.That(restored.ErrorLines[^1], Does.Contain(folder.Name).And.Contain("manifest cannot be read"));
        });
    }

    [Test]
    public async Task Create_while_another_program_holds_a_database_ends_with_8_and_leaves_no_set()
    {
        await MigrateAsync();
        using var other = Database.Open(AppMeta);
        other.Execute("BEGIN EXCLUSIVE");
        var result = await RunAsync("backup", "create", "--lock-timeout", "0.2");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Locked));
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1));
            Assert.That(PathTo("data", "backups"), Does.Not.Exist.Or.Empty);
        });
    }

    [Test]
    public async Task List_of_a_missing_folder_is_empty_and_makes_nothing()
    {
        var text = await RunAsync("backup", "list");
        var json = await RunAsync("backup", "list", "--json");
        Assert.Multiple(() =>
        {
            Assert.That(text.OutLines, Is.EqualTo(new[] { "There are no backups." }));
            Assert.That(json.Json.GetProperty("backups").GetArrayLength(), Is.Zero);
            Assert.That(DataDirectory, Does.Not.Exist);
        });
    }
}
