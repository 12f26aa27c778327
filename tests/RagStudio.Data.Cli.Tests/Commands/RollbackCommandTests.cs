namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class RollbackCommandTests : CliTest
{
    private const string Version = "20250922085716_TraceEvents";

    [TestCase(Version)]
    [TestCase("20250922085716")]
    [TestCase("TraceEvents")]
    public async Task Rollback_goes_back_to_an_id_a_time_stamp_or_a_name_and_migrate_up_again(string version)
    {
        await MigrateAsync();
        Rows.AddSetting(AppMeta, "mine");
        Rows.AddCheckpoint(Events, "mine");
        var back = await RunAsync("rollback", version, "--yes");
        var (settings, checkpoints) = (Rows.Settings(AppMeta, "mine"), Rows.Checkpoints(Events, "mine"));
        var newest = Newest(Events);
        await MigrateAsync();
        Assert.Multiple(() =>
        {
            Assert.That(back.Code, Is.EqualTo(ExitCode.Done), back.Error);
            Assert.That(back.OutLines, Has.Some.Match("^events +[0-9]+_EnforceJson +schema +[0-9]+ ms"));
            Assert.That(
                back.OutLines[^2],
                Does.Match("^The previous state of the databases is in the backup 2[0-9TZ]+_[0-9a-f]+")
            );
            Assert.That(back.OutLines[^1], Does.StartWith($"Rolled back to {Version} in "));
            Assert.That(newest, Is.EqualTo(Version));
            Assert.That((settings, checkpoints), Is.EqualTo((1, 1)));
            Assert.That((Rows.Settings(AppMeta, "mine"), Rows.Checkpoints(Events, "mine")), Is.EqualTo((1, 1)));
            Assert.That(Newest(Events), Does.EndWith("_IndexEventReferences"));
        });
    }

    [Test]
    public async Task Rollback_to_0_leaves_no_migration_and_its_backup_brings_every_row_back()
    {
        await MigrateAsync();
        Rows.AddSetting(AppMeta, "mine");
        Rows.AddCheckpoint(Events, "mine");
        var back = await RunAsync("rollback", "0", "--yes", "--json");
        var tables = Database.Count(AppMeta, "sqlite_master", "name = 'settings'");
        var restored = await RunAsync("restore", back.Json.GetProperty("backupId").GetString()!, "--yes");
        Assert.Multiple(() =>
        {
            Assert.That(back.Code, Is.EqualTo(ExitCode.Done), back.Error);
            Assert.That(tables, Is.Zero);
            Assert.That(restored.Code, Is.EqualTo(ExitCode.Done), restored.Error);
            Assert.That((Rows.Settings(AppMeta, "mine"), Rows.Checkpoints(Events, "mine")), Is.EqualTo((1, 1)));
        });
    }

    [Test]
    public async Task Rollback_that_takes_rows_nobody_announced_is_undone_unless_that_is_allowed()
    {
        await MigrateAsync();
        Rows.AddSetting(AppMeta, "mine");
        Database.Execute(AppMeta, "CREATE TRIGGER greedy AFTER DELETE ON settings BEGIN DELETE FROM settings; END");
        var refused = await RunAsync("rollback", "IndexLookups", "--yes");
        var kept = Database.Count(AppMeta, "settings");
        var allowed = await RunAsync("rollback", "IndexLookups", "--yes", "--allow-destructive");
        Assert.Multiple(() =>
        {
            Assert.That(refused.Code, Is.EqualTo(ExitCode.Failed), refused.Error);
            Assert.That(kept, Is.EqualTo(5));
            Assert.That(allowed.Code, Is.EqualTo(ExitCode.Done), allowed.Error);
            Assert.That(Database.Count(AppMeta, "settings"), Is.Zero);
        });
    }

    [Test]
    public async Task Rollback_prints_one_document_with_the_names_of_migrate_and_the_findings_of_each_migration()
    {
        var migrated = (await RunAsync("migrate", "--json")).Json;
        var json = (await RunAsync("rollback", "TraceEvents", "--yes", "--json")).Json;
        var migration = json.GetProperty("databases")[1].GetProperty("migrations")[0];
        Assert.Multiple(() =>
        {
            Assert.That(json.Names(), Is.EqualTo(migrated.Names()));
            Assert.That(
                migration.Names(),
                Is.EqualTo(migrated.GetProperty("databases")[1].GetProperty("migrations")[0].Names().Append("findings"))
            );
            Assert.That(json.GetProperty("success").GetBoolean(), Is.True);
            Assert.That(migration.GetProperty("name").GetString(), Is.EqualTo("IndexEventReferences"));
        });
    }

    [Test]
    public async Task Rollback_of_one_database_leaves_the_other_alone()
    {
        await MigrateAsync();
        var result = await RunAsync("rollback", "TraceEvents", "--database", "events", "--yes");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(Newest(Events), Is.EqualTo(Version));
            Assert.That(Newest(AppMeta), Does.EndWith("_SearchChunks"));
        });
    }

    [Test]
    public async Task Rollback_has_nothing_to_do_at_the_newest_version_and_makes_no_backup()
    {
        await MigrateAsync();
        Answer = "";
        var result = await RunAsync("rollback", "SearchChunks");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(result.Error, Is.Empty);
            Assert.That(result.OutLines, Has.Length.EqualTo(1).And.All.StartsWith("Nothing to revert"));
            Assert.That(PathTo("data", "backups"), Does.Not.Exist);
        });
    }

    [Test]
    public async Task Rollback_of_a_missing_folder_makes_nothing()
    {
        var result = await RunAsync("rollback", "0", "--yes");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(DataDirectory, Does.Not.Exist);
        });
    }

    [TestCase]
    [TestCase("--yes")]
    public async Task Rollback_to_an_unknown_version_ends_with_11_before_anything_is_asked_or_changed(
        params string[] options
    )
    {
        await MigrateAsync();
        Rows.AddSetting(AppMeta, "mine");
        Answer = "y";
        var result = await RunAsync(["rollback", "Nope", "--json", .. options]);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Refused));
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1).And.All.StartsWith("error: 'Nope' is no migration"));
            Assert.That(result.Json.GetProperty("success").GetBoolean(), Is.False);
            Assert.That(Rows.Settings(AppMeta, "mine"), Is.EqualTo(1));
            Assert.That(PathTo("data", "backups"), Does.Not.Exist);
        });
    }

    [Test]
    public async Task Rollback_over_a_migration_that_is_not_known_ends_with_11_and_names_the_fitting_backup()
    {
        await MigrateAsync();
        await RunAsync("rollback", "TraceEvents", "--yes");
        var fitting = (await RunAsync("migrate", "--json")).Json.GetProperty("backupId").GetString()!;
        Database.Execute(Events, "INSERT INTO __EFMigrationsHistory VALUES ('20251001000000_Foreign', '1')");
        var result = await RunAsync("rollback", "TraceEvents", "--yes");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Refused));
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1).And.All.Contains("20251001000000_Foreign"));
            Assert.That(result.Error, Does.Contain(fitting));
            Assert.That(Newest(Events), Does.EndWith("_IndexEventReferences"));
        });
    }

    [TestCase]
    [TestCase("--json")]
    public async Task Rollback_wants_yes_where_nobody_can_be_asked_and_changes_nothing(params string[] options)
    {
        await MigrateAsync();
        var before = FolderImage.Of(Folder);
        var result = await RunAsync(["rollback", "0", .. options]);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1).And.All.Contains("Pass --yes."));
            Assert.That(FolderImage.Of(Folder), Is.EqualTo(before));
        });
    }

    [TestCase("")]
    [TestCase("\n")]
    [TestCase("no\n")]
    [TestCase("yesterday\n")]
    public async Task Rollback_shows_what_it_would_do_and_changes_nothing_without_a_yes(string answer)
    {
        await MigrateAsync();
        var before = FolderImage.Of(Folder);
        Answer = answer;
        var result = await RunAsync("rollback", "TraceEvents");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Cancelled));
            Assert.That(result.ErrorLines[0], Does.StartWith("app_meta: 6 migrations to revert, 20261130220958_Sea"));
            Assert.That(result.ErrorLines[1], Does.StartWith("events: 4 migrations to revert, 20261127034358_IndexE"));
            Assert.That(result.Error, Does.EndWith("not confirmed. Nothing was changed." + Environment.NewLine));
            Assert.That(FolderImage.Of(Folder), Is.EqualTo(before));
        });
    }

    [Test]
    public async Task Rollback_counts_what_goes_before_it_asks()
    {
        await MigrateAsync();
        Write("notes/a.txt", "one");
        await RunAsync("import", "notes", "-k", "notes");
        Answer = "n\n";
        var result = await RunAsync("rollback", "0");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Cancelled));
            Assert.That(
                result.ErrorLines,
                Has.Some.StartsWith(
                        "app_meta: reverting 20250210093214_CreateKnowledgeBases drops the table 'documents' with 1 row"
                    )
                    .And.Some.StartsWith(
                        "events: reverting 20250210094550_CreateEventLog drops the table 'events' with 2 rows"
                    )
            );
            Assert.That(result.Error, Does.Not.Contain("created again").And.Not.Contain("UPDATE"));
            Assert.That(Database.Count(AppMeta, "documents"), Is.EqualTo(1));
        });
    }

    [TestCase]
    [TestCase("--json")]
    public async Task Rollback_counts_what_goes_before_it_begins_where_yes_was_given(params string[] options)
    {
        await MigrateAsync();
        Write("notes/a.txt", "one");
        await RunAsync("import", "notes", "-k", "notes");
        var result = await RunAsync(["rollback", "0", "--yes", .. options]);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(
                result.ErrorLines,
                Has.Some.StartsWith(
                        "warning: app_meta: reverting 20250210093214_CreateKnowledgeBases drops the table 'documents' with 1 row"
                    )
                    .And.Some.StartsWith(
                        "warning: events: reverting 20250210094550_CreateEventLog drops the table 'events' with 2 rows"
                    )
            );
        });
    }

    [Test]
    public async Task Rollback_as_json_has_the_findings_of_each_migration_in_the_shape_of_plan()
    {
        await MigrateAsync();
        Write("notes/a.txt", "one");
        await RunAsync("import", "notes", "-k", "notes");
        var json = (await RunAsync("rollback", "0", "--yes", "--json", "--quiet")).Json;
        var findings = json.GetProperty("databases")[0]
            .GetProperty("migrations")
            .EnumerateArray()
            .Single(migration => migration.GetProperty("version").GetString() == "20250210093214_CreateKnowledgeBases")
            .GetProperty("findings");
        var documents = findings
            .EnumerateArray()
            .Single(finding => finding.GetProperty("table").GetString() == "documents");
        Assert.Multiple(() =>
        {
            Assert.That(
                documents.Names(),
                Is.EqualTo(new[] { "kind", "table", "column", "rows", "destructive", "detail" })
            );
            Assert.That(documents.GetProperty("rows").GetInt64(), Is.EqualTo(1));
            Assert.That(documents.GetProperty("destructive").GetBoolean(), Is.True);
        });
    }

    [TestCase("y\n")]
    [TestCase("YES\n")]
    public async Task Rollback_begins_when_the_answer_is_yes(string answer)
    {
        await MigrateAsync();
        Answer = answer;
        var result = await RunAsync("rollback", "TraceEvents");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(Newest(Events), Is.EqualTo(Version));
        });
    }

    private static string Newest(string file) =>
        (string)Database.Scalar(file, "SELECT MAX(MigrationId) FROM __EFMigrationsHistory")!;
}
