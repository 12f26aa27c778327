namespace RagStudio.Data.Cli.Tests;

/// <summary>RAG Studio's own data on a server, by the same commands as its files.</summary>
[TestFixture]
internal sealed class OwnDataTests : ServerTest
{
    [Test]
    public async Task Every_command_works_on_the_server_that_connection_names()
    {
        Write("notes/one.md", "# One\n\nA text with ✓ and enough words to be cut into a chunk.");
        var early = await RunAsync([.. On("import", "notes"), "--knowledge-base", "notes"]);
        var migrated = await RunAsync(On("migrate"));
        var imported = await RunAsync([.. On("import", "notes"), "--knowledge-base", "notes", "--json"]);
        var again = await RunAsync([.. On("import", "notes"), "--knowledge-base", "notes", "--json"]);
        var status = await RunAsync([.. On("status"), "--check", "--json"]);
        var validated = await RunAsync([.. On("validate"), "--full"]);
        var reported = await RunAsync([.. On("report"), "--html", "report.html"]);
        var history = await RunAsync(On("history"));

        Assert.Multiple(async () =>
        {
            Assert.That(early.Code, Is.EqualTo(ExitCode.Pending), early.Error);
            Assert.That(early.Error, Does.Contain(Database.Name).And.Contain("migrate"));
            Assert.That(migrated.Code, Is.EqualTo(ExitCode.Done), migrated.Error);
            Assert.That(imported.Code, Is.EqualTo(ExitCode.Done), imported.Error);
            Assert.That(imported.Json.GetProperty("imported").GetInt32(), Is.EqualTo(1));
            Assert.That(again.Json.GetProperty("imported").GetInt32(), Is.Zero);
            Assert.That(
                await Database.ScalarAsync<long>("SELECT count(*) FROM app_meta.document_chunks"),
                Is.EqualTo(1)
            );
            Assert.That(await Database.ScalarAsync<long>("SELECT count(*) FROM events.events"), Is.Positive);
            Assert.That(status.Code, Is.EqualTo(ExitCode.Done), status.Error);
            Assert.That(validated.Code, Is.EqualTo(ExitCode.Done), validated.Out + validated.Error);
            Assert.That(reported.Code, Is.EqualTo(ExitCode.Done), reported.Error);
            Assert.That(
                File.ReadAllText(PathTo("report.html")),
                Does.Contain("document_chunks").And.Contain(Database.Name).And.Not.Contain(Database.Owner.Password)
            );
            Assert.That(history.Out, Does.Contain("CreateAppMeta").And.Contain("CreateEvents"));
            Assert.That(Directory.Exists(PathTo("data")), Is.False, "no folder is created beside it");
        });
    }

    /// <summary>The role may not create a scratch database to compare the schema with, as is usual.</summary>
    [Test]
    public async Task Validate_finds_the_damage_that_another_schema_has_let_in()
    {
        string[] place = ["--connection", Database.ConnectionString];
        await RunAsync(["migrate", .. place]);
        Write("notes/one.md", "# One\n\nA text with enough words to be cut into a chunk.");
        await RunAsync(["import", "notes", "--knowledge-base", "notes", .. place]);
        var before = await RunAsync(["validate", .. place]);
        await Database.ExecuteAsync(
            """
            ALTER TABLE events.events ALTER COLUMN metadata TYPE text USING '{';
            ALTER TABLE app_meta.documents ALTER COLUMN metadata TYPE text USING '{"a": }';
            ALTER TABLE app_meta.document_chunks DROP COLUMN search;
            ALTER TABLE app_meta.document_chunks ADD COLUMN search tsvector;
            """
        );
        var after = await RunAsync(["validate", .. place, "--json"]);
        Assert.Multiple(() =>
        {
            Assert.That(before.Code, Is.EqualTo(ExitCode.Done), before.Error);
            Assert.That(after.Code, Is.EqualTo(ExitCode.Invalid), after.Error);
            Assert.That(after.Out, Does.Contain("of 'events.events' has invalid JSON in metadata"));
            Assert.That(after.Out, Does.Contain("of 'app_meta.documents' has invalid JSON in metadata"));
            Assert.That(after.Out, Does.Contain("the search index has other words than the chunk"));
        });
    }

    [Test]
    public async Task What_a_server_has_not_is_refused_as_usage()
    {
        foreach (
            var (arguments, reason) in new (string[], string)[]
            {
                (["status", "--connection", "Data Source=app_meta.db"], "--data-dir"),
                (["status", "--connection", " "], "empty"),
                ([.. On("status"), "--database", "events"], "together"),
                ([.. On("status"), "--single-database"], "together"),
                ([.. On("copy"), "--to", "data2"], "--from and --to"),
            }
        )
        {
            var refused = await RunAsync(arguments);

            Assert.That(refused.Code, Is.EqualTo(ExitCode.Usage), string.Join(' ', arguments));
            Assert.That(refused.Error, Does.Contain(reason));
        }
    }

    private string[] On(params string[] command) => [.. command, "--connection", Database.ConnectionString];
}
