using System.Text.Json;

namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class PlanCommandTests : CliTest
{
    private const string Time = "2026-01-01T00:00:00.0000000Z";

    [Test]
    public async Task Plan_prints_one_document_with_the_promised_names()
    {
        await BeAtAsync("TrackDocumentOrigins");
        var result = await RunAsync("plan", "--json");
        var json = result.Json;
        var migration = Migration(json, "NormaliseLegacyText");
        var finding = migration.GetProperty("findings")[0];
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(json.Names(), Is.EqualTo(new[] { "databases", "diskNeededBytes", "refusal" }));
            Assert.That(json.GetProperty("databases")[0].Names(), Is.EqualTo(new[] { "name", "migrations" }));
            Assert.That(
                migration.Names(),
                Is.EqualTo(
                    new[]
                    {
                        "version",
                        "name",
                        "kind",
                        "rebuildsTable",
                        "destructive",
                        "timeLimitSeconds",
                        "sql",
                        "findings",
                        "consent",
                    }
                )
            );
            Assert.That(
                finding.Names(),
                Is.EqualTo(new[] { "kind", "table", "column", "rows", "destructive", "detail" })
            );
            Assert.That(finding.GetProperty("kind").GetString(), Is.EqualTo("statementWithoutWhere"));
            Assert.That(finding.GetProperty("table").GetString(), Is.EqualTo("knowledge_bases"));
            Assert.That(finding.GetProperty("rows").GetInt64(), Is.EqualTo(1));
            Assert.That(finding.GetProperty("destructive").GetBoolean(), Is.False);
            Assert.That(json.GetProperty("diskNeededBytes").GetInt64(), Is.GreaterThan(1 << 20));
            Assert.That(json.GetProperty("refusal").ValueKind, Is.EqualTo(JsonValueKind.Null));
        });
    }

    [Test]
    public async Task Plan_tells_what_each_migration_is_and_runs()
    {
        await BeAtAsync("TrackDocumentOrigins");
        var json = (await RunAsync("plan", "--json", "--timeout", "7")).Json;
        var rebuild = Migration(json, "EnforceStatusesAndJson");
        var data = Migration(json, "NormaliseLegacyText");
        Assert.Multiple(() =>
        {
            Assert.That(rebuild.GetProperty("kind").GetString(), Is.EqualTo("schema"));
            Assert.That(rebuild.GetProperty("rebuildsTable").GetBoolean(), Is.True);
            Assert.That(rebuild.GetProperty("timeLimitSeconds").GetDouble(), Is.EqualTo(7));
            Assert.That(rebuild.GetProperty("sql").GetString(), Does.Contain("CREATE TABLE \"ef_temp_"));
            Assert.That(data.GetProperty("kind").GetString(), Is.EqualTo("data"));
            Assert.That(data.GetProperty("rebuildsTable").GetBoolean(), Is.False);
        });
    }

    [Test]
    public async Task Plan_shows_people_a_table_and_what_was_found_and_the_SQL_on_demand()
    {
        await BeAtAsync("TrackDocumentOrigins");
        var plan = await RunAsync("plan");
        var sql = await RunAsync("plan", "--sql");
        Assert.Multiple(() =>
        {
            Assert.That(plan.Code, Is.EqualTo(ExitCode.Done), plan.Error);
            Assert.That(plan.OutLines[0], Does.Match("^'ragstudio-db migrate' would apply [0-9]+ migrations\\.$"));
            Assert.That(
                plan.OutLines,
                Has.Some.Match("^app_meta +[0-9]+_EnforceStatusesAndJson +schema +a table +5 min 0 s$")
            );
            Assert.That(
                plan.OutLines,
                Has.Some.Match("^[0-9]+_NormaliseLegacyText UPDATE without WHERE: all 1 row of 'knowledge_bases'")
            );
            Assert.That(plan.OutLines[^1], Does.Match("^Free disk space needed: [0-9.]+ MiB\\.$"));
            Assert.That(plan.Out, Does.Not.Contain("CREATE TABLE"));
            Assert.That(sql.Out, Does.Contain("CREATE TABLE \"ef_temp_"));
        });
    }

    [Test]
    public async Task Plan_writes_nothing()
    {
        await BeAtAsync("TrackDocumentOrigins");
        var before = FolderImage.Of(Folder);
        await RunAsync("plan");
        await RunAsync("plan", "--json");
        Assert.That(FolderImage.Of(Folder), Is.EqualTo(before));
    }

    [Test]
    public async Task Plan_of_a_missing_folder_has_every_migration_loses_nothing_and_makes_nothing()
    {
        var json = (await RunAsync("plan", "--json")).Json;
        var migrations = json.GetProperty("databases").EnumerateArray().SelectMany(Migrations).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(migrations, Has.Count.EqualTo(18));
            Assert.That(migrations.Where(m => m.GetProperty("destructive").GetBoolean()), Is.Empty);
            Assert.That(migrations.SelectMany(m => m.GetProperty("findings").EnumerateArray()), Is.Empty);
            Assert.That(DataDirectory, Does.Not.Exist);
        });
    }

    [Test]
    public async Task Plan_has_nothing_to_tell_when_nothing_is_pending()
    {
        await MigrateAsync();
        var text = await RunAsync("plan");
        var json = (await RunAsync("plan", "--json")).Json;
        Assert.Multiple(() =>
        {
            Assert.That(text.OutLines, Is.EqualTo(new[] { "Nothing is pending." }));
            Assert.That(json.GetProperty("databases").EnumerateArray().SelectMany(Migrations), Is.Empty);
            Assert.That(json.GetProperty("diskNeededBytes").GetInt64(), Is.Zero);
        });
    }

    [TestCase("DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '%TraceEvents'", "TraceEvents")]
    [TestCase("INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Future', '99')", "29990101000000_Future")]
    public async Task Plan_says_what_would_refuse_the_run_and_ends_with_0(string change, string named)
    {
        await MigrateAsync("--database", "events");
        Database.Execute(Events, change);
        var text = await RunAsync("plan", "--database", "events");
        var json = await RunAsync("plan", "--json", "--database", "events");
        Assert.Multiple(() =>
        {
            Assert.That((text.Code, json.Code), Is.EqualTo((ExitCode.Done, ExitCode.Done)));
            Assert.That(text.OutLines[^1], Does.StartWith("The run would be refused: ").And.Contain(named));
            Assert.That(json.Json.GetProperty("refusal").GetString(), Does.Contain(named));
        });
    }

    [Test]
    public async Task Plan_tells_of_the_triggers_and_views_that_a_rebuild_loses_and_breaks()
    {
        await BeAtAsync("TrackDocumentOrigins");
        Database.Execute(AppMeta, "CREATE TRIGGER stamp AFTER INSERT ON documents BEGIN SELECT 1; END");
        Database.Execute(AppMeta, "CREATE VIEW titles AS SELECT title FROM documents");
        var findings = Migration((await RunAsync("plan", "--json")).Json, "EnforceStatusesAndJson")
            .GetProperty("findings");
        Assert.That(
            findings.EnumerateArray().Select(f => $"{f.GetProperty("kind")} {f.GetProperty("table")}"),
            Is.EquivalentTo(new[] { "lostTrigger documents", "brokenView documents" })
        );
    }

    /// <summary>Creates both databases at an earlier version, with one knowledge base.</summary>
    private async Task BeAtAsync(string version)
    {
        await MigrateAsync();
        var back = await RunAsync("rollback", version, "--yes");
        Assert.That(back.Code, Is.EqualTo(ExitCode.Done), back.Error);
        Database.Execute(
            AppMeta,
            $"""
            INSERT INTO knowledge_bases (id, name, status, embedder_model, created_at, updated_at)
            VALUES ('kb', 'notes', 'active', 'none', '{Time}', '{Time}')
            """
        );
    }

    private static JsonElement Migration(JsonElement plan, string name) =>
        plan.GetProperty("databases")
            .EnumerateArray()
            .SelectMany(Migrations)
            .Single(migration => migration.GetProperty("name").GetString() == name);

    private static IEnumerable<JsonElement> Migrations(JsonElement database) =>
        database.GetProperty("migrations").EnumerateArray();
}
