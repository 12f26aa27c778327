using RagStudio.Data.PostgreSql.Testing;

namespace RagStudio.Data.Cli.Tests;

/// <summary>Copies RAG Studio's databases, and those of an application with migrations for both, there and back again.</summary>
[TestFixture]
internal sealed class CopyCommandTests : ServerTest
{
    [Test]
    public async Task Copy_moves_RAG_Studio_to_a_server_and_back()
    {
        await MigrateAsync();
        Write("notes/one.md", "# One\n\nA text with ✓ and enough words to be cut into a chunk.");
        await RunAsync("import", "notes", "--knowledge-base", "notes");
        Set("RAGSTUDIO_CONNECTION", Database.ConnectionString);

        var planned = await RunAsync("copy", "--from", "data", "--dry-run");
        var copied = await RunAsync("copy", "--from", "data", "--json");
        var again = await RunAsync("copy", "--from", "data");
        var migrated = await RunAsync("migrate");
        var imported = await RunAsync("import", "notes", "--knowledge-base", "notes");
        var status = await RunAsync("status", "--check", "--json");
        var validated = await RunAsync("validate");
        var back = await RunAsync("copy", "--to", "data2", "--json");
        var valid = await RunAsync("validate", "--data-dir", "data2");
        var current = await RunAsync("status", "--check", "--data-dir", "data2");

        Assert.Multiple(() =>
        {
            Assert.That(planned.Code, Is.EqualTo(ExitCode.Done), planned.Error);
            Assert.That(planned.Out, Does.Contain("Everything fits"));
            Assert.That(copied.Code, Is.EqualTo(ExitCode.Done), copied.Error);
            Assert.That(Rows(copied, "document_chunks"), Is.Positive);
            Assert.That(Rows(copied, "events"), Is.Positive);
            Assert.That(again.Code, Is.EqualTo(ExitCode.Newer), again.Error);
            Assert.That(migrated.Code, Is.EqualTo(ExitCode.Newer), migrated.Error);
            Assert.That(imported.Code, Is.EqualTo(ExitCode.Newer), imported.Error);
            Assert.That(
                migrated.Error,
                Does.Contain($"copied to 127.0.0.1:{Database.Server.Port}/{Database.Name}")
                    .And.Not.Contain(Database.Owner.Password)
            );
            Assert.That(status.Code, Is.EqualTo(ExitCode.Newer));
            Assert.That(status.Json.GetProperty("verdict").GetString(), Is.EqualTo("moved"));
            Assert.That(
                status.Json.GetProperty("databases")[1].GetProperty("movedTo").GetString(),
                Does.Contain(Database.Name)
            );
            Assert.That(validated.Code, Is.EqualTo(ExitCode.Done), validated.Error);
            Assert.That(validated.Out, Does.Contain("has moved"));
            Assert.That(back.Code, Is.EqualTo(ExitCode.Done), back.Error);
            Assert.That(
                back.Json.GetProperty("tables").ToString(),
                Is.EqualTo(copied.Json.GetProperty("tables").ToString().Replace("app_meta.", "").Replace("events.", ""))
            );
            Assert.That(valid.Code, Is.EqualTo(ExitCode.Done), valid.Error);
            Assert.That(current.Code, Is.EqualTo(ExitCode.Done), current.Error);
        });
    }

    [Test]
    public async Task Reopen_needs_consent_and_the_next_copy_only_marks()
    {
        await MigrateAsync();
        var backup = await RunAsync("backup", "create", "--json");
        await RunAsync("copy", "--from", "data", "--to", Database.ConnectionString);
        var restored = await RunAsync("restore", backup.Json.GetProperty("backupId").GetString()!, "--yes");
        var unasked = await RunAsync("reopen", "--reason", "a test");
        Answer = "y";
        var reopened = await RunAsync("reopen", "--reason", "a test");
        var migrated = await RunAsync("migrate");
        var again = await RunAsync("copy", "--from", "data", "--to", Database.ConnectionString);
        Assert.Multiple(() =>
        {
            Assert.That(restored.Code, Is.EqualTo(ExitCode.Newer), restored.Error);
            Assert.That(unasked.Code, Is.EqualTo(ExitCode.Usage), unasked.Error);
            Assert.That(reopened.Code, Is.EqualTo(ExitCode.Done), reopened.Error);
            Assert.That(migrated.Code, Is.EqualTo(ExitCode.Done), migrated.Error);
            Assert.That(again.Code, Is.EqualTo(ExitCode.Done), again.Error);
        });
    }

    [Test]
    public async Task Copy_reports_what_does_not_fit_with_11_and_creates_nothing()
    {
        await MigrateAsync();
        ExecuteInFile(
            "INSERT INTO settings (key, value, created_at, updated_at) VALUES ('a' || char(0), '\"x\"', '2026-01-01T00:00:00.0000000Z', '2026-01-01T00:00:00.0000000Z')"
        );
        var planned = await RunAsync(
            "copy",
            "--from",
            "data",
            "--to",
            Database.ConnectionString,
            "--dry-run",
            "--json"
        );
        var refused = await RunAsync("copy", "--from", "data", "--to", Database.ConnectionString, "--json");
        Assert.Multiple(() =>
        {
            Assert.That(planned.Code, Is.EqualTo(ExitCode.Refused), planned.Error);
            Assert.That(refused.Code, Is.EqualTo(ExitCode.Refused), refused.Error);
            foreach (var result in new[] { planned, refused })
            {
                var misfit = result.Json.GetProperty("misfits")[0];
                Assert.That(misfit.GetProperty("table").GetString(), Is.EqualTo("settings"));
                Assert.That(misfit.GetProperty("count").GetInt64(), Is.EqualTo(1));
            }
        });
        Assert.That(
            await Database.ScalarAsync<long>(
                "SELECT count(*) FROM pg_namespace WHERE nspname IN ('app_meta', 'events')"
            ),
            Is.Zero
        );
    }

    [Test]
    public async Task Copy_takes_a_second_database_for_the_events_or_says_that_two_are_no_unit()
    {
        await MigrateAsync();
        await using var events = await Database.Server.CreateDatabaseAsync();
        var canPrepare =
            await Database.ScalarAsync<int>("SELECT current_setting('max_prepared_transactions')::int") > 0;
        string[] copy = ["copy", "--from", "data", "--to", Database.ConnectionString, "--to-events"];
        var planned = await RunAsync([.. copy, events.ConnectionString, "--dry-run"]);
        var copied = await RunAsync([.. copy, events.ConnectionString]);
        var files = await RunAsync([.. copy, "events"]);
        var back = await RunAsync(
            "copy",
            "--from",
            Database.ConnectionString,
            "--from-events",
            events.ConnectionString,
            "--to",
            "data2"
        );
        Assert.Multiple(() =>
        {
            Assert.That(files.Code, Is.EqualTo(ExitCode.Usage), files.Error);
            Assert.That(planned.Code, Is.EqualTo(canPrepare ? ExitCode.Done : ExitCode.Refused), planned.Error);
            Assert.That(copied.Code, Is.EqualTo(planned.Code), copied.Error);
            Assert.That(back.Code == ExitCode.Done, Is.EqualTo(canPrepare), back.Error);
            if (!canPrepare)
            {
                Assert.That(planned.Error, Does.Contain("max_prepared_transactions"));
            }
        });
        const string Schemas =
            "SELECT string_agg(nspname, ' ' ORDER BY nspname) FROM pg_namespace WHERE nspname IN ('app_meta', 'events')";
        Assert.That(
            (await Database.ScalarAsync<object>(Schemas), await events.ScalarAsync<object>(Schemas)),
            Is.EqualTo(canPrepare ? ((object)"app_meta", (object)"events") : (DBNull.Value, DBNull.Value))
        );
        if (canPrepare)
        {
            Assert.That(
                await events.ScalarAsync<char>("SELECT tgenabled FROM pg_trigger WHERE tgname = 'TR_events_notify'"),
                Is.EqualTo('O')
            );
        }
    }

    [Test]
    public async Task Copy_accepts_a_server_on_which_RAG_Studio_was_started_once()
    {
        await MigrateAsync();
        var started = await RunAsync("migrate", "--connection", Database.ConnectionString);
        await Database.ExecuteAsync("UPDATE app_meta.settings SET value = '9' WHERE key = 'retrieval.top_k'");
        var powerless = await RunAsync("copy", "--from", "data", "--to", Database.ConnectionString);
        await Sql.ExecuteAsync(Database.Server.ConnectionString, $"ALTER ROLE {Database.Owner.Name} CREATEDB");
        var refused = await RunAsync("copy", "--from", "data", "--to", Database.ConnectionString);
        await Database.ExecuteAsync("UPDATE app_meta.settings SET value = '8' WHERE key = 'retrieval.top_k'");
        var copied = await RunAsync("copy", "--from", "data", "--to", Database.ConnectionString);
        Assert.Multiple(() =>
        {
            Assert.That(started.Code, Is.EqualTo(ExitCode.Done), started.Error);
            Assert.That(powerless.Code, Is.EqualTo(ExitCode.Refused), powerless.Error);
            Assert.That(powerless.Error, Does.Contain("grant it CREATEDB"));
            Assert.That(refused.Code, Is.EqualTo(ExitCode.Refused), refused.Error);
            Assert.That(refused.Error, Does.Contain("'app_meta.settings' 4").And.Contain("not those"));
            Assert.That(copied.Code, Is.EqualTo(ExitCode.Done), copied.Error);
        });
    }

    [Test]
    public async Task Rows_are_exported_and_imported_from_files_to_a_server_to_another_one_and_back()
    {
        await MigrateAsync();
        Write("notes/one.md", "# One\n\nA text with ✓ and enough words to be cut into a chunk.");
        await RunAsync("import", "notes", "--knowledge-base", "notes");
        await using var other = await Database.Server.CreateDatabaseAsync();
        var exported = await RunAsync("export-rows", "--output", "rows.jsonl", "--json");
        var unasked = await RunAsync("export-rows", "--output", "rows.jsonl");
        var early = await RunAsync("import-rows", "--input", "rows.jsonl", "--connection", Database.ConnectionString);
        var hashes = new List<string?> { exported.Json.GetProperty("sha256").GetString() };
        string[][] places =
        [
            ["--connection", Database.ConnectionString],
            ["--connection", other.ConnectionString],
            ["--data-dir", "data2"],
        ];
        foreach (var place in places)
        {
            await RunAsync(["migrate", .. place]);
            var cut = await ImportCutAsync(place);
            var imported = await RunAsync(["import-rows", "--input", "rows.jsonl", .. place]);
            var again = await RunAsync(["import-rows", "--input", "rows.jsonl", .. place]);
            var validated = await RunAsync(["validate", .. place]);
            var next = await RunAsync(["export-rows", "--output", "rows.jsonl", "--yes", "--json", .. place]);
            hashes.Add(next.Json.GetProperty("sha256").GetString());
            Assert.That(cut.Code, Is.EqualTo(ExitCode.Usage), cut.Error);
            Assert.That(cut.Error, Does.Contain("Nothing was imported"));
            Assert.That(imported.Code, Is.EqualTo(ExitCode.Done), imported.Error);
            Assert.That(again.Code, Is.EqualTo(ExitCode.Refused), again.Error);
            Assert.That(validated.Code, Is.EqualTo(ExitCode.Done), validated.Error);
        }
        Assert.That(unasked.Code, Is.EqualTo(ExitCode.Usage), unasked.Error);
        Assert.That(early.Code, Is.EqualTo(ExitCode.Pending), early.Error);
        Assert.That(hashes, Is.All.EqualTo(hashes[0]), "the same rows make the same file on each provider");
    }

    private async Task<CliResult> ImportCutAsync(string[] place)
    {
        var lines = await File.ReadAllLinesAsync(PathTo("rows.jsonl"));
        await File.WriteAllLinesAsync(PathTo("cut.jsonl"), lines[..^2].Append(lines[^1]));
        return await RunAsync(["import-rows", "--input", "cut.jsonl", .. place]);
    }

    [Test]
    public async Task Copy_takes_the_contexts_of_an_application_by_their_connection_strings()
    {
        string[] things = ["--assembly", SampleApplication.Both, "--context", "ThingContext"];
        var file = $"Data Source={PathTo("things.db")}";
        var migrated = await RunAsync(["migrate", .. things, "--connection", file]);
        var there = await RunAsync(["copy", .. things, "--from", file, "--to", Database.ConnectionString]);
        var back = await RunAsync([
            "copy",
            .. things,
            "--from",
            Database.ConnectionString,
            "--to",
            $"Data Source={PathTo("back.db")}",
        ]);
        var incomplete = await RunAsync(["copy", .. things, "--from", file]);
        Assert.Multiple(() =>
        {
            Assert.That(migrated.Code, Is.EqualTo(ExitCode.Done), migrated.Error);
            Assert.That(there.Code, Is.EqualTo(ExitCode.Done), there.Error);
            Assert.That(back.Code, Is.EqualTo(ExitCode.Done), back.Error);
            Assert.That(PathTo("back.db"), Does.Exist);
            Assert.That(incomplete.Code, Is.EqualTo(ExitCode.Usage), incomplete.Error);
        });
    }

    private static long Rows(CliResult result, string table) =>
        result
            .Json.GetProperty("tables")
            .EnumerateArray()
            .First(one => one.GetProperty("table").GetString()!.EndsWith(table, StringComparison.Ordinal))
            .GetProperty("rows")
            .GetInt64();

    /// <summary>The test's own database is another one.</summary>
    private void ExecuteInFile(string sql) => Cli.Tests.Database.Execute(AppMeta, sql);
}
