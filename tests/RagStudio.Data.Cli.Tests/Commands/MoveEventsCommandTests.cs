namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class MoveEventsCommandTests : CliTest
{
    private const string Checkpoint = "INSERT INTO event_checkpoints VALUES ('p', 7, '2026-01-01T00:00:00.0000000Z')";

    [Test]
    public async Task Split_and_join_move_the_events_with_their_history_and_what_was_added_by_hand()
    {
        await MigrateAsync("--single-database");
        Database.Execute(
            AppMeta,
            $"""
            {Checkpoint};
            CREATE INDEX by_hand ON events (event_type);
            CREATE TRIGGER kept AFTER DELETE ON event_checkpoints BEGIN SELECT RAISE(ABORT, 'kept'); END;
            CREATE TABLE notes (id INTEGER);
            """
        );
        var before = FolderImage.Of(Folder);
        var plan = await RunAsync("split", "--dry-run", "--json");
        var unconfirmed = await RunAsync("split");
        var contradicting = await RunAsync("split", "--single-database", "--yes");
        Assert.Multiple(() =>
        {
            Assert.That(FolderImage.Of(Folder), Is.EqualTo(before));
            Assert.That(plan.Json.GetProperty("dryRun").GetBoolean());
            Assert.That(plan.Json.GetProperty("tables").GetArrayLength(), Is.EqualTo(3));
            Assert.That(unconfirmed.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(contradicting.Code, Is.EqualTo(ExitCode.Refused));
            Assert.That(contradicting.Error, Does.Contain("set it to false, in every program"));
        });

        var split = await RunAsync("split", "--yes", "--json");
        Assert.That(split.Code, Is.EqualTo(ExitCode.Done), split.Error);
        Assert.That(NamesIn(Events), Is.SupersetOf(new[] { "events", "by_hand", "kept" }));
        Assert.That(NamesIn(AppMeta), Does.Not.Contain("events").And.Contain("notes"));
        // 'validate' reports a trigger that no migration makes as an error.
        Database.Execute(Events, "DROP TRIGGER kept");
        await DemandWholeAsync();
        var old = await RunAsync("restore", split.Json.GetProperty("backupId").GetString()!, "--yes");
        Assert.That(old.Code, Is.EqualTo(ExitCode.Refused));
        Assert.That(old.Error, Does.Contain("'ragstudio-db split' and 'join'"));
        Assert.That(
            (await RunAsync("rollback", "EnforceJson", "--database", "events", "--yes")).Code,
            Is.EqualTo(ExitCode.Done)
        );
        var pending = await RunAsync("join", "--yes");
        Assert.That(pending.Code, Is.EqualTo(ExitCode.Refused));
        Assert.That(pending.Error, Does.Contain("pending").And.Contain("ragstudio-db migrate"));
        await MigrateAsync();

        var join = await RunAsync("join", "--single-database", "--yes");
        Assert.That(join.Code, Is.EqualTo(ExitCode.Done), join.Error);
        Assert.That(File.Exists(Events), Is.False);
        Assert.That(NamesIn(AppMeta), Is.SupersetOf(new[] { "events", "by_hand", "notes" }));
        await DemandWholeAsync();
        var again = await RunAsync("join", "--yes");
        Assert.That(again.Code, Is.EqualTo(ExitCode.Done));
        Assert.That(again.Out, Does.Contain("nothing to move"));
    }

    [TestCase("CREATE VIEW recent AS SELECT * FROM events", "The view 'recent' on 'recent' uses 'events'.")]
    [TestCase(
        "CREATE TABLE notes (id INTEGER REFERENCES event_checkpoints (processor_name))",
        "'notes' has a foreign key to 'event_checkpoints'."
    )]
    [TestCase(
        "CREATE TRIGGER counts AFTER INSERT ON events BEGIN UPDATE settings SET value = value; END",
        "The trigger 'counts' on 'events' uses 'settings'."
    )]
    public async Task What_ties_the_events_to_other_tables_is_refused_with_11(string sql, string tie)
    {
        await MigrateAsync("--single-database");
        Database.Execute(AppMeta, sql);
        var before = FolderImage.Of(Folder);

        var result = await RunAsync("split", "--yes");

        Assert.That(result.Code, Is.EqualTo(ExitCode.Refused), result.Error);
        Assert.That(result.Error, Does.Contain(tie));
        Assert.That(FolderImage.Of(Folder), Is.EqualTo(before));
    }

    [Test]
    public async Task A_file_in_the_way_and_databases_that_cannot_be_split_are_refused()
    {
        await MigrateAsync("--single-database");
        Database.Execute(AppMeta, Checkpoint);
        Database.Execute(Events, "CREATE TABLE mine (id INTEGER)");

        var inTheWay = await RunAsync("split", "--yes");
        var server = await RunAsync("split", "--connection", "Host=nowhere;Database=none", "--yes");
        var one = await RunAsync("split", "--database", "events", "--yes");

        Assert.Multiple(() =>
        {
            Assert.That(inTheWay.Code, Is.EqualTo(ExitCode.Refused));
            Assert.That(inTheWay.Error, Does.Contain("it has 'mine'"));
            Assert.That(NamesIn(Events), Is.EqualTo(new[] { "mine" }));
            Assert.That(server.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(one.Code, Is.EqualTo(ExitCode.Usage));
        });
    }

    private static List<string> NamesIn(string file) => Database.Strings(file, "SELECT name FROM sqlite_master");

    private async Task DemandWholeAsync()
    {
        var validate = await RunAsync("validate");
        Assert.That(validate.Code, Is.EqualTo(ExitCode.Done), validate.Out);
        Assert.That((await RunAsync("status", "--check")).Code, Is.EqualTo(ExitCode.Done));
        var history = await RunAsync("history");
        Assert.That(history.Out, Does.Contain("relocated").And.Contain("IndexEventReferences"));
    }
}
