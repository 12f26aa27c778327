using System.Text.Json;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class MigrateCommandTests : CliTest
{
    private static readonly string[] SummaryNames =
    [
        "runId",
        "success",
        "backupId",
        "databases",
        "totalDurationMs",
        "error",
    ];

    private static readonly string[] MigrationNames = ["version", "name", "kind", "durationMs", "success", "error"];

    [Test]
    public async Task Migrate_makes_both_databases_in_an_empty_folder()
    {
        var result = await RunAsync("migrate");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(result.Error, Is.Empty);
            Assert.That(result.OutLines, Has.Some.Match("^app_meta +2[0-9]+_.* (schema|data|index|seed) +[0-9]+ ms"));
            Assert.That(result.OutLines, Has.Some.Match("^events +2[0-9]+_.* (schema|data|index|seed) +[0-9]+ ms"));
            Assert.That(result.OutLines[^1], Does.Match("^Applied [0-9]+ migrations in "));
            Assert.That(Database.Count(AppMeta, "documents"), Is.Zero);
            Assert.That(Database.Count(Events, "events"), Is.Zero);
        });
    }

    [TestCase]
    [TestCase("--json")]
    [TestCase("--quiet")]
    [TestCase("--yes")]
    public async Task Migrate_writes_nothing_when_nothing_is_pending(params string[] options)
    {
        await MigrateAsync();
        var before = FolderImage.Of(Folder);
        var result = await RunAsync(["migrate", .. options]);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(FolderImage.Of(Folder), Is.EqualTo(before));
        });
    }

    [Test]
    public async Task Migrate_says_where_the_databases_are_when_nothing_is_pending()
    {
        await MigrateAsync();
        var result = await RunAsync("migrate");
        Assert.That(
            result.OutLines,
            Has.Length.EqualTo(2).And.All.Match("^(app_meta|events) is up to date, at 2[0-9]+_")
        );
    }

    [Test]
    public async Task Migrate_prints_one_document_with_the_promised_names()
    {
        var result = await RunAsync("migrate", "--json");
        var databases = result.Json.GetProperty("databases");
        Assert.Multiple(() =>
        {
            Assert.That(result.Json.Names(), Is.EqualTo(SummaryNames));
            Assert.That(result.Json.GetProperty("success").GetBoolean(), Is.True);
            Assert.That(
                databases.EnumerateArray().Select(d => d.GetProperty("name").GetString()),
                Is.EqualTo(new[] { "app_meta", "events" })
            );
            Assert.That(databases[0].GetProperty("migrations")[0].Names(), Is.EqualTo(MigrationNames));
            Assert.That(
                databases[0].GetProperty("migrations")[0].GetProperty("kind").GetString(),
                Is.EqualTo("schema")
            );
        });
    }

    [Test]
    public async Task Migrate_prints_nothing_when_it_is_to_be_quiet()
    {
        var result = await RunAsync("migrate", "--quiet");
        Assert.That((result.Code, result.Out, result.Error), Is.EqualTo((ExitCode.Done, "", "")));
    }

    [Test]
    public async Task Migrate_puts_both_databases_into_one_file_in_single_database_mode()
    {
        await MigrateAsync("--single-database");
        Assert.Multiple(() =>
        {
            Assert.That(Database.Count(AppMeta, "events"), Is.Zero);
            Assert.That(Database.Count(AppMeta, "documents"), Is.Zero);
            Assert.That(Events, Does.Not.Exist);
        });
    }

    [Test]
    public async Task Migrate_of_one_database_leaves_the_other_alone()
    {
        await MigrateAsync("--database", "events");
        Assert.Multiple(() =>
        {
            Assert.That(Database.Count(Events, "events"), Is.Zero);
            Assert.That(AppMeta, Does.Not.Exist);
        });
    }

    [Test]
    public async Task Migrate_makes_no_folder_whose_parent_is_missing()
    {
        var result = await RunAsync("migrate", "--data-dir", "no/data");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(
                result.ErrorLines,
                Has.Length.EqualTo(1).And.All.Contains($"there is no folder '{PathTo("no")}'")
            );
            Assert.That(PathTo("no"), Does.Not.Exist);
        });
    }

    [Test]
    public async Task Migrate_to_a_version_applies_no_more_than_that_and_says_what_is_pending()
    {
        var result = await RunAsync("migrate", "--to", "CreateSnapshots", "--database", "events");
        var again = await RunAsync("migrate", "--to", "20250407133028_CreateSnapshots", "--database", "events");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(
                Database.Scalar(Events, "SELECT group_concat(MigrationId) FROM __EFMigrationsHistory"),
                Is.EqualTo("20250210094550_CreateEventLog,20250407133028_CreateSnapshots")
            );
            Assert.That(again.Code, Is.EqualTo(ExitCode.Done), again.Error);
            Assert.That(
                again.OutLines,
                Is.EqualTo(new[] { "events is at 20250407133028_CreateSnapshots; 5 newer migrations pending." })
            );
        });
    }

    [Test]
    public async Task Migrate_to_a_version_can_be_rehearsed()
    {
        var result = await RunAsync(
            "migrate",
            "--to",
            "CreateSnapshots",
            "--database",
            "events",
            "--dry-run",
            "--json"
        );
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(
                result.Json.GetProperty("databases")[0].GetProperty("migrations").GetArrayLength(),
                Is.EqualTo(2)
            );
            Assert.That(Events, Does.Not.Exist);
        });
    }

    [TestCase("CreateSnapshots", ExitCode.Refused, "newer than '20250407133028_CreateSnapshots'. Roll back")]
    [TestCase("NoSuchMigration", ExitCode.Refused, "'NoSuchMigration' is no migration of this program")]
    [TestCase(" ", ExitCode.Usage, "--to is empty: name a version, or omit it.")]
    public async Task Migrate_to_a_version_never_reverts_and_guesses_nothing(string version, object code, string told)
    {
        await MigrateAsync();
        var before = FolderImage.Of(Folder);
        var result = await RunAsync("migrate", "--to", version);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(code));
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1).And.All.Contains(told));
            Assert.That(FolderImage.Of(Folder), Is.EqualTo(before));
        });
    }

    [Test]
    public async Task Migrate_leaves_a_file_that_is_no_database_as_it_is()
    {
        var file = Write("data/app_meta.db", new string('x', 10_000));
        var result = await RunAsync("migrate");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Failed));
            Assert.That(
                result.ErrorLines,
                Has.Length.EqualTo(1).And.All.StartsWith($"error: '{file}' is not a database")
            );
            Assert.That(File.ReadAllText(file), Is.EqualTo(new string('x', 10_000)));
            Assert.That(Events, Does.Not.Exist);
        });
    }

    [Test]
    public async Task Migrate_that_fails_restores_the_databases_and_tells_why()
    {
        Directory.CreateDirectory(DataDirectory);
        Database.Execute(AppMeta, "CREATE TABLE pipelines (mine TEXT); INSERT INTO pipelines VALUES ('precious')");
        var result = await RunAsync("migrate", "--json");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Failed));
            Assert.That(result.Json.Names(), Is.EqualTo(SummaryNames));
            Assert.That(result.Json.GetProperty("success").GetBoolean(), Is.False);
            Assert.That(result.Json.GetProperty("backupId").GetString(), Is.Not.Empty);
            Assert.That(
                result.Json.GetProperty("error").GetString(),
                Does.Contain("pipelines").And.Contain("as it was before")
            );
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1).And.All.StartsWith("error: "));
            Assert.That(Database.Scalar(AppMeta, "SELECT mine FROM pipelines"), Is.EqualTo("precious"));
            Assert.That(Database.Count(AppMeta, "sqlite_master", "name = 'documents'"), Is.Zero);
        });
    }

    [Test]
    public async Task Migrate_waits_for_another_program_no_longer_than_it_may()
    {
        await MigrateAsync();
        var pending = Unapply("events");
        using var other = Database.Open(Events);
        other.Execute("BEGIN EXCLUSIVE");
        var result = await RunAsync("migrate", "--lock-timeout", "0.5");
        other.Execute("ROLLBACK");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Locked));
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1).And.All.Contains($"'{Events}' is locked"));
            Assert.That(Database.Count(Events, "__EFMigrationsHistory", $"MigrationId = '{pending}'"), Is.Zero);
        });
    }

    [Test]
    public async Task Migrate_names_the_process_that_holds_a_database()
    {
        Directory.CreateDirectory(DataDirectory);
        Task<CliResult>? waiting = null;
        await DeadRun.MigrateAsync(
            DataDirectory,
            only: null,
            step =>
            {
                if (step.Phase == MigrationPhase.Plan && waiting is null)
                {
                    waiting = RunAsync("migrate", "--lock-timeout", "0");
                    waiting.Wait();
                }
            }
        );
        var result = await waiting!;
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Locked));
            Assert.That(
                result.ErrorLines,
                Has.Length.EqualTo(1)
                    .And.All.Match($"'{AppMeta}' is locked by process {Environment.ProcessId} on .*, migrating since 2")
            );
        });
    }

    [Test]
    public async Task Migrate_refuses_a_database_of_a_newer_program()
    {
        await MigrateAsync();
        Database.Execute(Events, "INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Future', '99')");
        var result = await RunAsync("migrate");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Newer));
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1).And.All.Contains("29990101000000_Future"));
        });
    }

    [Test]
    public async Task Migrate_refuses_a_pending_migration_that_is_older_than_an_applied_one()
    {
        await MigrateAsync();
        Database.Execute(Events, "DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '%CreateSnapshots'");
        var result = await RunAsync("migrate");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Refused));
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1).And.All.Contains("CreateSnapshots"));
        });
    }

    [Test]
    public async Task Migrate_names_the_switch_that_lets_an_older_migration_run_and_runs_it_with_it()
    {
        await MigrateAsync();
        Database.Execute(Events, "DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '%IndexEventLookups'");
        Database.Execute(
            Events,
            "DROP INDEX IX_events_event_type; DROP INDEX IX_events_timestamp; DROP INDEX IX_events_trace_id"
        );
        var refused = await RunAsync("migrate");
        var plan = await RunAsync("plan", "--json");
        var allowed = await RunAsync("plan", "--json", "--allow-out-of-order");
        var run = await RunAsync("migrate", "--allow-out-of-order");
        Assert.Multiple(() =>
        {
            Assert.That(refused.Code, Is.EqualTo(ExitCode.Refused));
            Assert.That(refused.Error, Does.Contain("--allow-out-of-order"));
            Assert.That(plan.Json.GetProperty("refusal").GetString(), Does.Contain("IndexEventLookups"));
            Assert.That(allowed.Json.GetProperty("refusal").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(run.Code, Is.EqualTo(ExitCode.Done), run.Error);
            Assert.That(Database.Count(Events, "sqlite_master", "name = 'IX_events_trace_id'"), Is.EqualTo(1));
        });
    }

    [TestCase("refuse", ExitCode.Refused)]
    [TestCase("warn", ExitCode.Done)]
    [TestCase("tolerate", ExitCode.Done)]
    public async Task Migrate_treats_unknown_migrations_as_it_is_told(string policy, object code)
    {
        await MigrateAsync();
        var pending = Unapply("events");
        Database.Execute(Events, "INSERT INTO __EFMigrationsHistory VALUES ('20250101000000_Foreign', '1')");
        var plan = await RunAsync("plan", "--unknown-migrations", policy, "--json");
        var result = await RunAsync("migrate", "--unknown-migrations", policy);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(code), result.Error);
            Assert.That(
                plan.Json.GetProperty("refusal")
                    .ToString()
                    .Contains("20250101000000_Foreign", StringComparison.Ordinal),
                Is.EqualTo(policy == "refuse")
            );
            Assert.That(
                result.Error.Contains("20250101000000_Foreign", StringComparison.Ordinal),
                Is.EqualTo(policy != "tolerate")
            );
            Assert.That(
                Database.Count(Events, "__EFMigrationsHistory", $"MigrationId = '{pending}'"),
                Is.EqualTo(policy == "refuse" ? 0 : 1)
            );
        });
    }

    [TestCase(1)]
    [TestCase(0, "--quiet")]
    public async Task Migrate_warns_of_applied_migrations_that_it_does_not_know(int warnings, params string[] options)
    {
        await MigrateAsync();
        Unapply("events");
        Database.Execute(Events, "INSERT INTO __EFMigrationsHistory VALUES ('20250101000000_Foreign', '1')");
        var result = await RunAsync(["migrate", .. options]);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(
                result.ErrorLines,
                Has.Length.EqualTo(warnings).And.All.Match("^warning: .*20250101000000_Foreign")
            );
        });
    }

    [Test]
    public async Task Migrate_changes_nothing_when_it_cannot_back_up()
    {
        await MigrateAsync();
        var pending = Unapply("events");
        Write("data/backups", "a file in the place of the folder");
        var result = await RunAsync("migrate");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.BackupFailed));
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1).And.All.Contains(PathTo("data", "backups")));
            Assert.That(Database.Count(Events, "__EFMigrationsHistory", $"MigrationId = '{pending}'"), Is.Zero);
        });
    }

    [Test]
    public async Task Migrate_that_is_cancelled_says_so()
    {
        var result = await RunAsync(["migrate"], new CancellationToken(canceled: true));
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Cancelled));
            Assert.That(
                result.ErrorLines,
                Is.EqualTo(new[] { "error: cancelled; every database is as it was before." })
            );
            Assert.That(AppMeta, Does.Not.Exist);
        });
    }

    // The newest migration of the events only checks JSON, so removing its history row makes it pending.
    private string Unapply(string database)
    {
        var file = database == "events" ? Events : AppMeta;
        var newest = (string)Database.Scalar(file, "SELECT MAX(MigrationId) FROM __EFMigrationsHistory")!;
        Database.Execute(file, $"DELETE FROM __EFMigrationsHistory WHERE MigrationId = '{newest}'");
        return newest;
    }
}
