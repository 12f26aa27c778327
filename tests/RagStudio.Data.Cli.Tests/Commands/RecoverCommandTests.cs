namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class RecoverCommandTests : CliTest
{
    private const string Version = "20250922085716_TraceEvents";

    private string Journal => AppMeta + ".run-journal";

    [Test]
    public async Task Recover_without_an_interrupted_run_says_so_and_makes_nothing()
    {
        var text = await RunAsync("recover");
        var json = await RunAsync("recover", "--json");
        Assert.Multiple(() =>
        {
            Assert.That(text.Code, Is.EqualTo(ExitCode.Done), text.Error);
            Assert.That(text.OutLines, Is.EqualTo(new[] { "Nothing to recover: no run was interrupted." }));
            Assert.That(
                json.Json.Names(),
                Is.EqualTo(new[] { "runId", "interruptedRunId", "restored", "backupId", "asideBackupId" })
            );
            Assert.That(json.Json.GetProperty("restored").GetBoolean(), Is.False);
            Assert.That(DataDirectory, Does.Not.Exist);
        });
    }

    [Test]
    public async Task Recover_puts_both_databases_back_and_tells_where_the_rest_is()
    {
        await InterruptAsync();
        var halfWay = Newest(Events);
        var result = await RunAsync("recover", "--json");
        var aside = result.Json.GetProperty("asideBackupId").GetString()!;
        Assert.Multiple(() =>
        {
            Assert.That(halfWay, Is.Not.EqualTo(Version));
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(result.Json.GetProperty("restored").GetBoolean(), Is.True);
            Assert.That(result.Json.GetProperty("interruptedRunId").GetString(), Is.Not.Empty);
            Assert.That(Newest(PathTo("data", "backups", aside, "events.db")), Is.EqualTo(halfWay));
            Assert.That((Newest(Events), Newest(AppMeta)), Is.EqualTo((Version, "20250818091133_SeedSettings")));
            Assert.That((Rows.Settings(AppMeta, "mine"), Rows.Checkpoints(Events, "mine")), Is.EqualTo((1, 1)));
            Assert.That(Journal, Does.Not.Exist);
        });
    }

    [Test]
    public async Task Recover_says_what_it_did_in_plain_lines()
    {
        await InterruptAsync();
        var result = await RunAsync("recover");
        Assert.Multiple(() =>
        {
            Assert.That(
                result.OutLines[0],
                Does.Match(
                    "^The run [0-9a-f]+ was interrupted[.] .* as they were before it, restored from the backup 2"
                )
            );
            Assert.That(result.OutLines[1], Does.StartWith("The state it left is in the backup 2"));
        });
    }

    [Test]
    public async Task Migrate_recovers_first_and_warns_of_it()
    {
        await InterruptAsync();
        var result = await RunAsync("migrate");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(
                result.ErrorLines,
                Has.Length.EqualTo(1).And.All.Match("^warning: .* was interrupted; restored 2")
            );
            Assert.That(Newest(Events), Does.EndWith("_IndexEventReferences"));
            Assert.That((Rows.Settings(AppMeta, "mine"), Rows.Checkpoints(Events, "mine")), Is.EqualTo((1, 1)));
        });
    }

    [Test]
    public async Task Rollback_recovers_first_and_says_that_what_it_loses_was_not_counted()
    {
        await InterruptAsync();
        var result = await RunAsync("rollback", "0", "--yes", "--json");
        var reverted = result
            .Json.GetProperty("databases")
            .EnumerateArray()
            .SelectMany(database => database.GetProperty("migrations").EnumerateArray())
            .ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(
                result.ErrorLines[0],
                Does.StartWith("warning: an earlier run was interrupted").And.Contain("counted")
            );
            Assert.That(reverted, Is.Not.Empty);
            Assert.That(reverted.SelectMany(migration => migration.Names()), Has.None.EqualTo("findings"));
        });
    }

    [Test]
    public async Task Status_tells_of_an_interrupted_run_and_check_ends_with_3()
    {
        await InterruptAsync();
        var text = await RunAsync("status", "--check");
        var json = await RunAsync("status", "--json");
        Assert.Multiple(() =>
        {
            Assert.That(text.Code, Is.EqualTo(ExitCode.Pending), text.Error);
            Assert.That(text.OutLines[0], Does.StartWith("A run was interrupted. 'ragstudio-db recover'"));
            Assert.That(json.Json.GetProperty("verdict").GetString(), Is.EqualTo("interrupted"));
            Assert.That(Journal, Does.Exist);
        });
    }

    [TestCase("rollback", "0")]
    [TestCase("import", ".", "-k", "notes")]
    public async Task What_depends_on_the_state_is_refused_while_a_run_is_interrupted(params string[] command)
    {
        await InterruptAsync();
        Answer = "y";
        var before = Image();
        var result = await RunAsync(command);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Pending));
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1).And.All.Contains("Run 'ragstudio-db recover' first"));
            Assert.That(Image(), Is.EqualTo(before));
        });
    }

    [Test]
    public async Task Recover_without_the_backup_ends_with_5_and_names_it()
    {
        await InterruptAsync();
        var backups = PathTo("data", "backups");
        Directory.Delete(backups, recursive: true);
        var halfWay = Newest(Events);
        var result = await RunAsync("recover");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.NeedsAttention));
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1).And.All.Contains(backups).And.All.Contains(Journal));
            Assert.That(Journal, Does.Exist);
            Assert.That(Newest(Events), Is.EqualTo(halfWay));
        });
    }

    [TestCase("_SeedSettings", "recover")]
    [TestCase("_SearchChunks", "migrate")]
    public async Task Recovery_of_a_run_on_one_database_leaves_the_other_alone(string newest, params string[] command)
    {
        await MigrateAsync();
        Rows.AddCheckpoint(Events, "mine");
        await RunAsync("rollback", "SeedSettings", "--database", "app_meta", "--yes");
        await DeadRun.LeaveAsync(DataDirectory, "app_meta", only: "app_meta");
        var result = await RunAsync(command);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(Newest(AppMeta), Does.EndWith(newest));
            Assert.That(Rows.Checkpoints(Events, "mine"), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Migrate_that_fails_after_a_recovery_of_one_database_restores_the_other_too()
    {
        await MigrateAsync();
        Rows.AddCheckpoint(Events, "mine");
        await RunAsync("rollback", "SeedSettings", "--yes");
        Database.Execute(Events, "ALTER TABLE events ADD COLUMN trace_id TEXT");
        await DeadRun.LeaveAsync(DataDirectory, "app_meta", only: "app_meta");
        var result = await RunAsync("migrate");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Failed));
            Assert.That(result.Error, Does.Contain("duplicate column").And.Contain("as it was before"));
            Assert.That(Newest(AppMeta), Does.EndWith("_SeedSettings"));
            Assert.That(Rows.Checkpoints(Events, "mine"), Is.EqualTo(1));
        });
    }

    [TestCase("migrate")]
    [TestCase("recover")]
    [TestCase("rollback", "0", "--yes")]
    public async Task A_run_on_both_databases_is_refused_while_one_on_the_events_is_interrupted(params string[] command)
    {
        await MigrateAsync();
        await RunAsync("rollback", "TraceEvents", "--database", "events", "--yes");
        await DeadRun.LeaveAsync(DataDirectory, "events", only: "events");
        var refused = await RunAsync(command);
        var halfWay = Newest(Events);
        var recovered = await RunAsync("recover", "--database", "events");
        Assert.Multiple(() =>
        {
            Assert.That(refused.Code, Is.EqualTo(ExitCode.Pending));
            Assert.That(refused.Error, Does.Contain("'ragstudio-db recover --database events'"));
            Assert.That(halfWay, Does.EndWith("_IndexEventLookups"));
            Assert.That(recovered.Code, Is.EqualTo(ExitCode.Done), recovered.Error);
            Assert.That(Newest(Events), Is.EqualTo(Version));
        });
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "only an administrator makes links there")]
    public async Task What_lies_beside_the_target_of_a_link_is_found_and_recovered()
    {
        await MigrateAsync();
        await RunAsync("rollback", "TraceEvents", "--database", "events", "--yes");
        await DeadRun.LeaveAsync(DataDirectory, "events", only: "events");
        Directory.CreateDirectory(PathTo("real"));
        foreach (var file in Directory.GetFiles(DataDirectory, "events.db*"))
        {
            File.Move(file, PathTo("real", Path.GetFileName(file)));
        }
        Directory.Move(PathTo("data", "backups"), PathTo("real", "backups"));
        File.CreateSymbolicLink(Events, Path.Combine("..", "real", "events.db"));
        var refused = await RunAsync("migrate");
        var recovered = await RunAsync("recover", "--database", "events");
        Assert.Multiple(() =>
        {
            Assert.That(refused.Code, Is.EqualTo(ExitCode.Pending), refused.Error);
            Assert.That(recovered.Code, Is.EqualTo(ExitCode.Done), recovered.Error);
            Assert.That(Newest(Events), Is.EqualTo(Version));
            Assert.That(PathTo("real", "events.db.run-journal"), Does.Not.Exist);
        });
    }

    [Test]
    public async Task A_run_on_the_events_is_refused_while_one_on_both_databases_is_interrupted()
    {
        await InterruptAsync();
        var result = await RunAsync("migrate", "--database", "events");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Pending));
            Assert.That(result.Error, Does.Contain("'ragstudio-db recover'"));
            Assert.That(Journal, Does.Exist);
        });
    }

    private async Task InterruptAsync()
    {
        await MigrateAsync();
        Rows.AddSetting(AppMeta, "mine");
        Rows.AddCheckpoint(Events, "mine");
        await RunAsync("rollback", "TraceEvents", "--yes");
        await DeadRun.LeaveAsync(DataDirectory, "events");
    }

    // Reading a database that was not closed recreates the index of its WAL.
    private string[] Image() =>
        [.. FolderImage.Of(Folder).Where(line => !line.Contains("-shm ", StringComparison.Ordinal))];

    private static string Newest(string file) =>
        (string)Database.Scalar(file, "SELECT MAX(MigrationId) FROM __EFMigrationsHistory")!;
}
