namespace RagStudio.Data.Cli.Tests;

/// <summary>A mistyped or forgotten option never creates a second, empty database beside the full one.</summary>
[TestFixture]
internal sealed class LayoutTests : CliTest
{
    private static readonly string[][] Commands =
    [
        ["migrate"],
        ["status"],
        ["plan"],
        ["history"],
        ["validate"],
        ["recover"],
        ["rollback", "0", "--yes"],
        ["restore", "20260101T000000000Z_000000000000", "--yes"],
        ["backup", "create"],
        ["backup", "list"],
        ["backup", "prune", "--yes"],
        ["accept", "EnforceJson", "--reason", "none"],
    ];

    [Test]
    public async Task Every_command_refuses_the_layout_that_is_not_there_and_makes_nothing(
        [ValueSource(nameof(Commands))] string[] command,
        [Values] bool single,
        [Values(null, "app_meta", "events")] string? database
    )
    {
        await MigrateAsync("--single-database", single ? "true" : "false");
        var before = FolderImage.Of(Folder);
        string[] only = database is null ? [] : ["--database", database];
        var result = await RunAsync([.. command, "--single-database", single ? "false" : "true", .. only]);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Refused), result.Error);
            Assert.That(result.Error, Does.Contain(single ? "are in 'app_meta.db'" : "are in 'events.db'"));
            Assert.That(FolderImage.Of(Folder), Is.EqualTo(before));
        });
    }

    [Test]
    public async Task Commands_find_the_layout_that_is_there(
        [Values] bool single,
        [Values(null, "events")] string? only
    )
    {
        await MigrateAsync("--single-database", single ? "true" : "false");
        string[] options = only is null ? [] : ["--database", only];
        var migrate = await RunAsync(["migrate", .. options]);
        var status = await RunAsync(["status", "--check", .. options]);
        var validate = await RunAsync(["validate", .. options]);
        Assert.Multiple(() =>
        {
            Assert.That(
                (migrate.Code, status.Code, validate.Code),
                Is.EqualTo((ExitCode.Done, ExitCode.Done, ExitCode.Done))
            );
            Assert.That(File.Exists(Events), Is.EqualTo(!single));
        });
    }

    [TestCase("status")]
    [TestCase("plan")]
    [TestCase("history")]
    [TestCase("validate")]
    [TestCase("backup", "list")]
    [TestCase("report", "--html", "report.html")]
    public async Task Reading_commands_say_that_there_is_no_database_and_where(params string[] command)
    {
        var folder = PathTo("mistyped");
        var result = await RunAsync([.. command, "--data-dir", "mistyped"]);
        Assert.Multiple(() =>
        {
            Assert.That(
                result.Out + result.Error,
                Does.Contain($"no database in '{folder}'").And.Not.Contain("Run 'ragstudio-db migrate'")
            );
            Assert.That(folder, Does.Not.Exist);
        });
    }

    [Test]
    public async Task Status_of_an_existing_but_unmigrated_database_still_says_to_migrate()
    {
        Directory.CreateDirectory(DataDirectory);
        Database.Execute(AppMeta, "CREATE TABLE notes (id INTEGER)");
        var result = await RunAsync("status");
        Assert.That(result.Out, Does.StartWith("No migration is applied yet. Run 'ragstudio-db migrate'."));
    }

    [Test]
    public async Task Status_check_of_a_missing_folder_ends_as_with_pending_migrations()
    {
        var result = await RunAsync("status", "--check", "--data-dir", "mistyped");
        Assert.That(result.Code, Is.EqualTo(ExitCode.Pending));
    }
}
