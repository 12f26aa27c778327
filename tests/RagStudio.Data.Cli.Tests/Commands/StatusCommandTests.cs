namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class StatusCommandTests : CliTest
{
    [Test]
    public async Task Status_of_a_missing_folder_is_empty_and_makes_nothing()
    {
        var result = await RunAsync("status", "--json");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(result.Json.GetProperty("verdict").GetString(), Is.EqualTo("empty"));
            Assert.That(DataDirectory, Does.Not.Exist);
        });
    }

    [Test]
    public async Task Status_prints_one_document_with_the_promised_names()
    {
        await MigrateAsync();
        var json = (await RunAsync("status", "--json")).Json;
        var database = json.GetProperty("databases")[1];
        Assert.Multiple(() =>
        {
            Assert.That(
                json.EnumerateObject().Select(property => property.Name),
                Is.EqualTo(new[] { "verdict", "databases", "lastMigrationTime", "history" })
            );
            Assert.That(
                database.EnumerateObject().Select(property => property.Name),
                Is.EqualTo(new[] { "name", "path", "currentVersion", "applied", "pending", "unknown", "drift" })
            );
            Assert.That(json.GetProperty("verdict").GetString(), Is.EqualTo("upToDate"));
            Assert.That(json.GetProperty("history").GetArrayLength(), Is.EqualTo(10));
            Assert.That(json.GetProperty("history")[0].GetProperty("event").GetString(), Is.EqualTo("applied"));
            Assert.That(json.GetProperty("lastMigrationTime").GetDateTimeOffset().Offset, Is.EqualTo(TimeSpan.Zero));
            Assert.That(database.GetProperty("path").GetString(), Is.EqualTo(Events));
        });
    }

    [Test]
    public async Task Status_leaves_the_SQL_that_reverts_a_migration_to_the_history()
    {
        await MigrateAsync();
        var status = (await RunAsync("status", "--json")).Json.GetProperty("history");
        var history = (await RunAsync("history", "--json", "--limit", "100")).Json.GetProperty("history");
        Assert.Multiple(() =>
        {
            Assert.That(
                status[0].EnumerateObject().Select(property => property.Name),
                Is.EquivalentTo(history[0].EnumerateObject().Select(property => property.Name).Except(["rollbackSql"]))
            );
            Assert.That(
                history.EnumerateArray().Select(line => line.GetProperty("rollbackSql").GetString()),
                Has.Some.Contains("DROP TABLE")
            );
        });
    }

    [Test]
    public async Task Every_line_of_the_history_has_an_id_that_no_other_line_has_or_had()
    {
        await MigrateAsync();
        var backup = (await RunAsync("backup", "create", "--json")).Json.GetProperty("backupId").GetString()!;
        await RunAsync("rollback", "0", "--yes");
        var before = await IdsAsync();

        await RunAsync("restore", backup, "--yes");

        var after = await IdsAsync();
        var restored = (await RunAsync("history", "--json", "--limit", "2"))
            .Json.GetProperty("history")
            .EnumerateArray()
            .Select(line => line.GetProperty("id").GetString());
        Assert.Multiple(() =>
        {
            Assert.That(before, Has.Length.GreaterThan(10).And.Unique);
            Assert.That(after, Is.Unique);
            Assert.That(restored.Intersect(before), Is.Empty);
        });

        async Task<string[]> IdsAsync() =>
            [
                .. (await RunAsync("history", "--json", "--limit", "100"))
                    .Json.GetProperty("history")
                    .EnumerateArray()
                    .Select(line => line.GetProperty("id").GetString()!),
            ];
    }

    [Test]
    public async Task Status_writes_nothing()
    {
        await MigrateAsync();
        var before = FolderImage.Of(Folder);
        await RunAsync("status");
        await RunAsync("history");
        await RunAsync("backup", "list");
        Assert.That(FolderImage.Of(Folder), Is.EqualTo(before));
    }

    [Test]
    public async Task Status_names_what_is_pending_and_unknown()
    {
        await MigrateAsync();
        await RunAsync("rollback", "EnforceJson", "--database", "events", "--yes");
        Database.Execute(AppMeta, "INSERT INTO __EFMigrationsHistory VALUES ('20250101000000_Foreign', '1')");
        var result = await RunAsync("status");
        Assert.Multiple(() =>
        {
            Assert.That(result.OutLines[0], Is.EqualTo("1 migration is pending. Run 'ragstudio-db migrate'."));
            Assert.That(result.OutLines, Has.Some.Match("^pending in events: [0-9]+_IndexEventReferences$"));
            Assert.That(result.OutLines, Has.Some.EqualTo("unknown in app_meta: 20250101000000_Foreign"));
            Assert.That(result.OutLines, Has.Some.Match("^Last migration: [0-9-]{10} [0-9:]{8}Z$"));
        });
    }

    [TestCase("empty", ExitCode.Pending, "DROP TABLE __EFMigrationsHistory")]
    [TestCase("upToDate", ExitCode.Done, "SELECT 1")]
    [TestCase("pending", ExitCode.Pending, "SELECT 1", "rollback", "NormaliseEvents", "--yes")]
    [TestCase(
        "drifted",
        ExitCode.Drifted,
        "UPDATE __migrator_history SET checksum = 'x' WHERE version LIKE '%TraceEvents'"
    )]
    [TestCase("drifted", ExitCode.Drifted, "DROP INDEX IX_events_timestamp")]
    [TestCase(
        "outOfOrder",
        ExitCode.Refused,
        "DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '%NormaliseEvents'"
    )]
    [TestCase("newer", ExitCode.Newer, "INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Future', '99')")]
    public async Task Status_says_the_state_by_its_exit_code_only_when_it_is_to_check(
        string verdict,
        object code,
        string change,
        params string[] command
    )
    {
        await MigrateAsync("--database", "events");
        await RunAsync([.. command.DefaultIfEmpty("status"), "--database", "events"]);
        Database.Execute(Events, change);
        var asked = await RunAsync("status", "--json", "--database", "events");
        var check = await RunAsync("status", "--check", "--json", "--database", "events");
        Assert.Multiple(() =>
        {
            Assert.That(asked.Json.GetProperty("verdict").GetString(), Is.EqualTo(verdict));
            Assert.That(asked.Code, Is.EqualTo(ExitCode.Done));
            Assert.That(check.Code, Is.EqualTo(code));
            Assert.That(check.Out, Is.EqualTo(asked.Out));
        });
    }

    [Test]
    public async Task Status_says_by_its_exit_code_that_a_migration_is_pending()
    {
        await MigrateAsync("--database", "events");
        await RunAsync("rollback", "NormaliseEvents", "--database", "events", "--yes");

        var check = await RunAsync("status", "--check", "--json", "--database", "events");

        Assert.That(check.Json.GetProperty("verdict").GetString(), Is.EqualTo("pending"));
        Assert.That(check.Code, Is.EqualTo(ExitCode.Pending));
    }

    [Test]
    public async Task Status_names_where_a_database_is_not_what_its_migrations_make()
    {
        await MigrateAsync();
        Database.Execute(Events, "DROP INDEX IX_events_trace_id; ALTER TABLE events ADD COLUMN note TEXT");

        var text = await RunAsync("status");
        var json = (await RunAsync("status", "--json")).Json;

        Assert.Multiple(() =>
        {
            Assert.That(text.OutLines[0], Is.EqualTo("A database differs from what its applied migrations create."));
            Assert.That(
                text.OutLines.Where(line => line.StartsWith("drift in ", StringComparison.Ordinal)),
                Is.EqualTo(
                    new[]
                    {
                        "drift in events: No applied migration creates the column 'note' of 'events'.",
                        "drift in events: The index 'IX_events_trace_id' of 'events' is missing: (trace_id).",
                    }
                )
            );
            Assert.That(json.GetProperty("verdict").GetString(), Is.EqualTo("drifted"));
            Assert.That(json.GetProperty("databases")[0].GetProperty("drift").GetArrayLength(), Is.Zero);
            Assert.That(json.GetProperty("databases")[1].GetProperty("drift").GetArrayLength(), Is.EqualTo(2));
        });
    }

    [Test]
    public async Task Status_of_a_file_that_is_no_database_ends_with_one_line_and_4()
    {
        var file = Write("data/events.db", new string('x', 10_000));
        var result = await RunAsync("status", "--json");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Failed));
            Assert.That(
                result.ErrorLines,
                Has.Length.EqualTo(1).And.All.StartsWith($"error: '{file}' is not a database")
            );
            Assert.That(result.Json.GetProperty("exitCode").GetInt32(), Is.EqualTo(4));
        });
    }

    [Test]
    public async Task History_shows_the_newest_lines_first_and_no_more_than_asked_for()
    {
        await MigrateAsync();
        var all = (await RunAsync("history", "--json", "--limit", "100")).Json.GetProperty("history");
        var two = (await RunAsync("history", "--json", "--limit", "2")).Json.GetProperty("history");
        var times = all.EnumerateArray().Select(line => line.GetProperty("appliedAt").GetDateTimeOffset()).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(times, Has.Count.GreaterThan(10).And.Ordered.Descending);
            Assert.That(
                two.EnumerateArray().Select(line => line.GetProperty("version").GetString()),
                Is.EqualTo(all.EnumerateArray().Take(2).Select(line => line.GetProperty("version").GetString()))
            );
            Assert.That(all[0].GetProperty("checksum").GetString(), Has.Length.EqualTo(64));
            Assert.That(all[0].GetProperty("durationMs").GetDouble(), Is.Positive);
        });
    }

    [Test]
    public async Task History_of_a_missing_folder_is_empty_and_makes_nothing()
    {
        var text = await RunAsync("history");
        var json = await RunAsync("history", "--json");
        Assert.Multiple(() =>
        {
            Assert.That(text.OutLines, Is.EqualTo(new[] { "The history is empty." }));
            Assert.That(json.Json.GetProperty("history").GetArrayLength(), Is.Zero);
            Assert.That(DataDirectory, Does.Not.Exist);
        });
    }

    [Test]
    public async Task History_of_one_database_tells_of_that_alone()
    {
        await MigrateAsync();
        var json = (await RunAsync("history", "--json", "--database", "events")).Json.GetProperty("history");
        Assert.That(
            json.EnumerateArray().Select(line => line.GetProperty("database").GetString()),
            Is.Not.Empty.And.All.EqualTo("events")
        );
    }
}
