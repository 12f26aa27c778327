namespace RagStudio.Data.Cli.Tests;

/// <summary>
/// The tests change a migration's recorded checksum, so the program finds its own migration edited. This also
/// tampers with the history, which these commands do not check.
/// </summary>
[TestFixture]
internal sealed class AcceptCommandTests : CliTest
{
    private const string Version = "20250922085716_TraceEvents";

    [Test]
    public async Task Status_names_the_edited_migration_and_check_ends_with_10()
    {
        await MigrateAsync();
        Edit();
        var text = await RunAsync("status");
        var json = await RunAsync("status", "--json", "--check");
        Assert.Multiple(() =>
        {
            Assert.That(text.Code, Is.EqualTo(ExitCode.Done));
            Assert.That(
                text.OutLines,
                Has.One.EqualTo($"drift in events: The migration {Version} was edited after it had been applied.")
            );
            Assert.That(json.Code, Is.EqualTo(ExitCode.Drifted));
            Assert.That(json.Json.GetProperty("verdict").GetString(), Is.EqualTo("drifted"));
            Assert.That(json.Json.GetProperty("databases")[0].GetProperty("drift").GetArrayLength(), Is.Zero);
            Assert.That(
                json.Json.GetProperty("databases")[1].GetProperty("drift").EnumerateArray().Single().GetString(),
                Does.Contain(Version)
            );
        });
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Migrate_refuses_with_10_and_changes_no_database(bool isAnythingPending)
    {
        await MigrateAsync();
        if (isAnythingPending)
        {
            Database.Execute(
                Events,
                "DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '%IndexEventReferences'"
            );
        }
        Edit();
        var before = Contents();
        var result = await RunAsync("migrate", "--json");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Drifted));
            Assert.That(result.Json.GetProperty("success").GetBoolean(), Is.False);
            Assert.That(result.Json.GetProperty("error").GetString(), Does.Contain(Version));
            Assert.That(result.ErrorLines.Single(), Does.Contain(Version).And.Contain("Nothing was changed."));
            Assert.That(Contents(), Is.EqualTo(before));
            Assert.That(PathTo("data", "backups"), Does.Not.Exist);
        });
    }

    [Test]
    public async Task Rollback_that_would_revert_it_is_refused_with_10()
    {
        await MigrateAsync();
        Edit();
        var before = Contents();
        var result = await RunAsync("rollback", "CreateSnapshots", "--database", "events", "--yes");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Drifted));
            Assert.That(result.ErrorLines.Single(), Does.Contain(Version));
            Assert.That(Contents(), Is.EqualTo(before));
        });
    }

    [Test]
    public async Task Import_into_drifted_databases_is_refused_with_10()
    {
        await MigrateAsync();
        Edit();
        Write("notes/a.txt", "text");
        var result = await RunAsync("import", PathTo("notes"), "-k", "notes");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Drifted));
            Assert.That(Database.Count(AppMeta, "knowledge_bases"), Is.Zero);
        });
    }

    [Test]
    public async Task Accept_prints_one_document_with_the_promised_names()
    {
        await MigrateAsync();
        Edit();
        var result = await RunAsync("accept", "TraceEvents", "--reason", "only a comment", "--json");
        var database = result.Json.GetProperty("databases").EnumerateArray().Single();
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(
                result.Json.Names(),
                Is.EqualTo(new[] { "runId", "version", "reason", "databases", "totalDurationMs" })
            );
            Assert.That(result.Json.GetProperty("version").GetString(), Is.EqualTo(Version));
            Assert.That(result.Json.GetProperty("reason").GetString(), Is.EqualTo("only a comment"));
            Assert.That(database.Names(), Is.EqualTo(new[] { "name", "oldChecksum", "checksum" }));
            Assert.That(database.GetProperty("name").GetString(), Is.EqualTo("events"));
            Assert.That(database.GetProperty("oldChecksum").GetString(), Is.EqualTo("edited"));
            Assert.That(database.GetProperty("checksum").GetString(), Does.Match("^[0-9a-f]{64}$"));
        });
    }

    [Test]
    public async Task After_accept_the_databases_are_up_to_date_and_the_history_says_why()
    {
        await MigrateAsync();
        Edit();
        var before = Contents();
        var accepted = await RunAsync("accept", Version, "--reason", "only a comment");
        var contents = Contents();
        var check = await RunAsync("status", "--check");
        var migrated = await RunAsync("migrate");
        var history = await RunAsync("history", "--limit", "1");
        Assert.Multiple(() =>
        {
            Assert.That(
                accepted.OutLines,
                Is.EqualTo(new[] { $"Accepted {Version} in events. The history keeps the reason." })
            );
            Assert.That(contents, Is.EqualTo(before), "only the history has a line more");
            Assert.That(check.Code, Is.EqualTo(ExitCode.Done), check.Out);
            Assert.That(migrated.Code, Is.EqualTo(ExitCode.Done), migrated.Error);
            Assert.That(history.OutLines[0], Does.Match(@"^TIME +DATABASE +EVENT +MIGRATION +TOOK +PROGRAM +DETAIL$"));
            Assert.That(
                history.OutLines[1],
                Does.Match($@"^[0-9-]+ [0-9:]+Z +events +accepted +{Version} +[0-9]+ m?s +[0-9.]+\S* +only a comment$")
            );
        });
    }

    [TestCase(Version)]
    [TestCase("CreatePipelines")]
    public async Task Accept_of_what_nobody_edited_says_so_and_writes_nothing(string version)
    {
        await MigrateAsync();
        var lines = Database.Count(Events, "__migrator_history");
        var result = await RunAsync("accept", version, "--reason", "x");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done));
            Assert.That(result.OutLines.Single(), Does.StartWith("Nothing to accept: ").And.Contain(version));
            Assert.That(Database.Count(Events, "__migrator_history"), Is.EqualTo(lines));
        });
    }

    [TestCase("NoSuchMigration")]
    [TestCase("0")]
    [TestCase("CreatePipelines", Description = "of the other database")]
    public async Task Accept_of_a_version_that_is_not_applied_ends_with_one_line_and_11(string version)
    {
        await MigrateAsync("--database", "events");
        var before = FolderImage.Of(DataDirectory);
        var result = await RunAsync("accept", version, "--reason", "x", "--database", "events");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Refused));
            Assert.That(result.ErrorLines.Single(), Does.StartWith($"error: '{version}' is "));
            Assert.That(Contents(), Is.Not.Empty);
            Assert.That(FolderImage.Of(DataDirectory), Is.EqualTo(before));
        });
    }

    [Test]
    public async Task Accept_without_databases_makes_none()
    {
        var result = await RunAsync("accept", "TraceEvents", "--reason", "x", "--json");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Refused));
            Assert.That(result.Json.GetProperty("exitCode").GetInt32(), Is.EqualTo(11));
            Assert.That(DataDirectory, Does.Not.Exist);
        });
    }

    [Test]
    public async Task History_tells_everything_that_happened_to_a_database()
    {
        await MigrateAsync("--database", "events");
        string[][] commands =
        [
            ["rollback", "EnforceJson", "--yes"],
            ["migrate"],
            ["backup", "create"],
            ["accept", "TraceEvents", "--reason", "only a comment"],
        ];
        Edit();
        foreach (var command in commands)
        {
            var result = await RunAsync([.. command, "--database", "events"]);
            if (command[0] == "migrate")
            {
                Assert.That(result.Code, Is.EqualTo(ExitCode.Drifted));
            }
        }
        var backup = (await RunAsync("backup", "list", "--json")).Json.GetProperty("backups")[0].GetProperty("id");
        var restored = await RunAsync("restore", backup.GetString()!, "--yes", "--database", "events");
        Assert.That(restored.Code, Is.EqualTo(ExitCode.Done), restored.Error);

        var lines = (await RunAsync("history", "--limit", "3", "--database", "events")).OutLines;

        Assert.Multiple(() =>
        {
            Assert.That(lines[1], Does.Contain("  restored  ").And.Contain(backup.GetString()));
            Assert.That(lines[2], Does.Contain("  reverted  ").And.EndWith("_EnforceJson."));
            Assert.That(lines[3], Does.Contain("  applied   "));
        });
    }

    private void Edit() =>
        Database.Execute(
            Events,
            $"UPDATE __migrator_history SET checksum = 'edited' WHERE version = '{Version}' AND event = 'Applied'"
        );

    /// <summary>Returns every object of both databases and the applied migrations.</summary>
    private string Contents() =>
        string.Join(
            '\n',
            new[] { AppMeta, Events }
                .Where(File.Exists)
                .SelectMany(file =>
                    Database
                        .Strings(file, "SELECT coalesce(sql, name) FROM sqlite_master ORDER BY name")
                        .Concat(Database.Strings(file, "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY 1"))
                )
        );
}
