namespace RagStudio.Data.Cli.Tests;

/// <summary>A report is needed most when something is wrong.</summary>
[TestFixture]
internal sealed class ReportStateTests : CliTest
{
    [Test]
    public async Task Report_of_a_missing_folder_says_so_and_makes_nothing_but_the_page()
    {
        var result = await RunAsync("report", "--html", "report.html");
        var page = ReportPageReader.Read(PathTo("report.html"));
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(page.Verdict(), Is.EqualTo("Empty"));
            Assert.That(page.Section("state"), Does.Contain("does not exist yet"));
            Assert.That(page.Section("schema"), Does.Contain("There are no tables yet."));
            Assert.That(page.Section("validation"), Does.Contain("nothing to check"));
            Assert.That(page.Section("backups"), Does.Contain("There are no backups."));
            Assert.That(page.Section("history"), Does.Contain("The history is empty"));
            Assert.That(Directory.EnumerateFileSystemEntries(Folder), Has.Exactly(1).Items);
        });
    }

    [TestCase("Empty", "every migration is applied|migrations are pending", "DROP TABLE __EFMigrationsHistory")]
    [TestCase("Drifted", "IX_events_timestamp", "DROP INDEX IX_events_timestamp")]
    [TestCase(
        "Out of order",
        "NormaliseEvents",
        "DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '%NormaliseEvents'"
    )]
    [TestCase(
        "Newer",
        "29990101000000_Future",
        "INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Future', '99')"
    )]
    public async Task Report_names_the_state_and_what_makes_it(string verdict, string shown, string change)
    {
        await MigrateAsync("--database", "events");
        Database.Execute(Events, change);
        var result = await RunAsync("report", "--html", "report.html", "--database", "events");
        var page = ReportPageReader.Read(PathTo("report.html"));
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(page.Verdict(), Is.EqualTo(verdict));
            Assert.That(page.Section("state"), Does.Match(shown));
        });
    }

    [Test]
    public async Task Report_names_pending_migrations_and_a_restore()
    {
        await MigrateAsync();
        await RunAsync("rollback", "NormaliseEvents", "--yes", "--database", "events");
        var result = await RunAsync("report", "--html", "report.html");
        var page = ReportPageReader.Read(PathTo("report.html"));
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(page.Verdict(), Is.EqualTo("Pending"));
            Assert.That(page.Section("state"), Does.Match("[0-9]+_IndexEventReferences"));
        });
    }

    [Test]
    public async Task Report_says_why_there_is_no_validation_where_another_run_was_interrupted()
    {
        await MigrateAsync("--database", "app_meta");
        await MigrateAsync("--database", "events");
        await RunAsync("rollback", "NormaliseEvents", "--yes", "--database", "events");
        await DeadRun.LeaveAsync(DataDirectory, "events", only: "events");
        var before = FolderImage.Of(DataDirectory);

        var whole = await RunAsync("report", "--html", "both.html");
        var one = await RunAsync("report", "--html", "events.html", "--database", "events");

        Assert.Multiple(() =>
        {
            Assert.That(whole.Code, Is.EqualTo(ExitCode.Done), whole.Error);
            Assert.That(
                ReportPageReader.Read(PathTo("both.html")).Section("validation"),
                Does.Contain("could not be checked").And.Contain("recover --database events")
            );
            Assert.That(one.Code, Is.EqualTo(ExitCode.Done), one.Error);
            Assert.That(ReportPageReader.Read(PathTo("events.html")).Verdict(), Is.EqualTo("Interrupted"));
            // Reading beside a write-ahead log needs its index, which the killed run has not left.
            Assert.That(FolderImage.Of(DataDirectory).Where(line => !line.Contains("-shm ")), Is.EqualTo(before));
        });
    }

    [Test]
    public async Task Report_tells_of_accepted_drift_with_its_reason()
    {
        await MigrateAsync("--database", "events");
        Database.Execute(Events, "UPDATE __migrator_history SET checksum = 'x' WHERE version LIKE '%TraceEvents'");
        await RunAsync("accept", "TraceEvents", "--reason", "<b>agreed</b>", "--yes", "--database", "events");
        await RunAsync("report", "--html", "report.html", "--database", "events");
        var history = ReportPageReader.Read(PathTo("report.html")).Section("history");
        Assert.That(history, Does.Contain("drift accepted").And.Contain("TraceEvents").And.Contain("<b>agreed</b>"));
    }

    [Test]
    public async Task Report_of_a_file_that_is_no_database_is_refused_and_keeps_the_old_page()
    {
        Write("data/events.db", new string('x', 10_000));
        Write("report.html", "old");
        var result = await RunAsync("report", "--html", "report.html", "--yes");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Failed));
            Assert.That(File.ReadAllText(PathTo("report.html")), Is.EqualTo("old"));
        });
    }
}
