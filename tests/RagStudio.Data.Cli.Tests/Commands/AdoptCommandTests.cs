namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class AdoptCommandTests : CliTest
{
    private const string LostHistory = "DROP TABLE __EFMigrationsHistory; DROP TABLE __migrator_history";

    [Test]
    public async Task Adopt_records_the_versions_once_confirmed_and_migrate_names_it_before()
    {
        await MigrateAsync();
        Database.Execute(AppMeta, LostHistory);
        Database.Execute(Events, LostHistory);
        var before = Contents();
        var migrate = await RunAsync("migrate");
        Assert.That(migrate.Code, Is.EqualTo(ExitCode.Refused));
        Assert.That(
            migrate.ErrorLines.Single(),
            Does.Contain("ragstudio-db adopt").And.Contain("Nothing was changed.")
        );

        var plan = await RunAsync("adopt", "--dry-run", "--json");
        var unconfirmed = await RunAsync("adopt");
        Assert.Multiple(() =>
        {
            Assert.That(Contents(), Is.EqualTo(before));
            Assert.That(plan.Code, Is.EqualTo(ExitCode.Done), plan.Error);
            Assert.That(plan.Json.GetProperty("dryRun").GetBoolean());
            Assert.That(plan.Json.GetProperty("databases")[0].GetProperty("case").GetString(), Is.EqualTo("noHistory"));
            Assert.That(
                plan.Json.GetProperty("databases")[0].GetProperty("addedRows").GetArrayLength(),
                Is.EqualTo(11)
            );
            Assert.That(unconfirmed.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(unconfirmed.Error, Does.Contain("--yes"));
        });

        Answer = "y";
        var adopted = await RunAsync("adopt");
        Assert.That(adopted.Code, Is.EqualTo(ExitCode.Done), adopted.Error);
        Assert.That(
            adopted.OutLines,
            Has.One.StartsWith("Adopted app_meta as 20261130220958_SearchChunks: recorded as applied: ")
                .And.One.StartsWith("Adopted events as 20261127034358_IndexEventReferences: ")
        );
        var status = await RunAsync("status", "--check");
        Assert.That(status.Code, Is.EqualTo(ExitCode.Done), status.Out);
        Assert.That((await RunAsync("history")).Out, Does.Contain("adopted as 20261130220958_SearchChunks"));
        var again = await RunAsync("adopt", "--json", "--yes");
        Assert.That(again.Code, Is.EqualTo(ExitCode.Done));
        Assert.That(again.Json.GetProperty("databases")[1].GetProperty("case").GetString(), Is.EqualTo("fitting"));
        Assert.That(
            (await RunAsync("backup", "list", "--json")).Json.GetProperty("backups").GetArrayLength(),
            Is.EqualTo(1)
        );
    }

    [Test]
    public async Task Adopt_of_a_schema_of_no_version_shows_the_differences_with_11_and_records_a_named_one()
    {
        await MigrateAsync("--single-database");
        Database.Execute(
            AppMeta,
            $"{LostHistory}; DROP TABLE __EFMigrationsHistory_Events; DROP INDEX IX_events_event_type; CREATE TABLE __diesel_schema_migrations (version TEXT PRIMARY KEY, run_on TIMESTAMP)"
        );
        var refused = await RunAsync("adopt", "--single-database", "--yes");
        var unknown = await RunAsync("adopt", "--single-database", "--as", "NoSuchVersion", "--yes");
        Assert.Multiple(() =>
        {
            Assert.That(refused.Code, Is.EqualTo(ExitCode.Refused));
            Assert.That(refused.Out, Does.Contain("  the index 'IX_events_event_type' of 'events' is missing"));
            Assert.That(refused.Out, Does.Contain("__diesel_schema_migrations (the columns are those of Diesel)"));
            Assert.That(refused.OutLines[^1], Is.EqualTo("Nothing was changed."));
            Assert.That(unknown.Code, Is.EqualTo(ExitCode.Refused));
            Assert.That(unknown.ErrorLines.Single(), Does.Contain("'NoSuchVersion' is no migration of this program"));
        });

        var adopted = await RunAsync("adopt", "--single-database", "--as", "IndexEventReferences", "--yes");
        Assert.That(adopted.Code, Is.EqualTo(ExitCode.Done), adopted.Out + adopted.Error);
        Assert.That(adopted.OutLines, Has.One.StartsWith("  stays different: the index 'IX_events_event_type'"));
        Assert.That((await RunAsync("validate", "--single-database")).Code, Is.EqualTo(ExitCode.Invalid));
    }

    [Test]
    public async Task Adopt_of_a_folder_without_databases_creates_nothing_and_an_empty_version_is_a_usage_error()
    {
        var nothing = await RunAsync("adopt", "--yes");
        var empty = await RunAsync("adopt", "--as", "", "--yes");
        Assert.Multiple(() =>
        {
            Assert.That(nothing.Code, Is.EqualTo(ExitCode.Done));
            Assert.That(nothing.Error, Does.Contain("there is no database"));
            Assert.That(nothing.OutLines[^1], Is.EqualTo("There is nothing to adopt."));
            Assert.That(empty.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(DataDirectory, Does.Not.Exist);
        });
    }

    private string Contents() =>
        string.Join(
            '\n',
            new[] { AppMeta, Events }.SelectMany(file =>
                Database.Strings(file, "SELECT name || coalesce(sql, '') FROM sqlite_master ORDER BY 1")
            )
        );
}
