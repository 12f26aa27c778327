using RagStudio.Data.PostgreSql.Testing;

namespace RagStudio.Data.Cli.Tests;

/// <summary>Runs every command on contexts of an application that uses PostgreSQL and does not know the migrator.</summary>
[TestFixture]
internal sealed class ServerCommandsTests : ServerTest
{
    private string Display => $"127.0.0.1:{Database.Server.Port}/{Database.Name}";

    [Test]
    public async Task Migrate_status_plan_validate_history_and_rollback_work_on_a_server()
    {
        var before = await RunAppAsync(Ledger, "status", "--check");
        var plan = await RunAppAsync(Ledger, "plan");
        var rehearsed = await RunAppAsync(Ledger, "migrate", "--dry-run");
        var migrated = await RunAppAsync(Ledger, "migrate", "--json");
        var status = await RunAppAsync(Ledger, "status", "--check", "--json");
        var validated = await RunAppAsync(Ledger, "validate");
        var history = await RunAppAsync(Ledger, "history", "--json");
        var reverted = await RunAppAsync(Ledger, "rollback", "0", "--yes");

        Assert.Multiple(() =>
        {
            Assert.That(before.Code, Is.EqualTo(ExitCode.Pending), before.Error);
            Assert.That(before.Out, Does.Contain($"LedgerContext is on the server: {Display}"));
            Assert.That(plan.Out, Does.Contain("would apply 2 migrations").And.Not.Contain("disk"), plan.Error);
            Assert.That(rehearsed.Out, Does.Contain("Not rehearsed").And.Contain("Nothing was changed."));
            Assert.That(migrated.Code, Is.EqualTo(ExitCode.Done), migrated.Error);
            Assert.That(status.Code, Is.EqualTo(ExitCode.Done), status.Error);
            Assert.That(status.Json.GetProperty("databases")[0].GetProperty("path").GetString(), Is.EqualTo(Display));
            Assert.That(validated.Code, Is.EqualTo(ExitCode.Done), validated.Error);
            Assert.That(history.Json.GetProperty("history").GetArrayLength(), Is.EqualTo(2));
            Assert.That(reverted.Code, Is.EqualTo(ExitCode.Done), reverted.Error);
        });
        Assert.That(await Database.ScalarAsync<bool>("SELECT to_regclass('ledger.\"Entries\"') IS NULL"), Is.True);
    }

    [Test]
    public async Task Migrate_adds_a_value_to_an_enum_that_the_same_run_creates_and_uses_it()
    {
        await MigrateAppAsync(Shop);
        var status = await RunAppAsync(Shop, "status", "--check");
        Assert.That(status.Code, Is.EqualTo(ExitCode.Done), status.Out);
        Assert.That(
            await Database.ScalarAsync<string>("SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum"),
            Is.EqualTo("sad,happy,calm")
        );
    }

    [Test]
    public async Task Rollback_asks_without_promising_a_backup_where_none_is_made()
    {
        await MigrateAppAsync(Shop);
        Answer = "no";
        var asked = await RunAppAsync(Shop, "rollback", "0");
        Assert.That(asked.Error, Does.Contain("no backup is made on a server").And.Not.Contain("except in the backup"));
    }

    [Test]
    public async Task Migrate_rehearses_on_a_database_that_was_consented_to_and_tells_its_locks()
    {
        await using var other = await Database.Server.CreateDatabaseAsync();
        Set("RAGSTUDIO_REHEARSAL_CONNECTION", other.ConnectionString);

        var unasked = await RunAppAsync(Ledger, "migrate", "--rehearse-on");
        var itself = await RunAppAsync(Ledger, "migrate", "--rehearse-on", Database.ConnectionString, "--yes");
        var dryRun = await RunAppAsync(Ledger, "migrate", "--rehearse-on", "--yes", "--dry-run");
        var migrated = await RunAppAsync(Ledger, "migrate", "--json");

        Assert.Multiple(() =>
        {
            Assert.That(unasked.Code, Is.EqualTo(ExitCode.Usage), unasked.Error);
            Assert.That(unasked.Error, Does.Contain("Pass --yes"));
            Assert.That(itself.Code, Is.EqualTo(ExitCode.Refused), itself.Error);
            Assert.That(itself.Error, Does.Contain("that is to be migrated afterwards").And.Not.Contain("Password"));
            Assert.That(dryRun.Code, Is.EqualTo(ExitCode.Done), dryRun.Error);
            Assert.That(
                dryRun.Out,
                Does.Contain($"/{other.Name} was migrated in the rehearsal, and stays so")
                    .And.Contain("table locks for about")
            );
            Assert.That(migrated.Code, Is.EqualTo(ExitCode.Done), migrated.Error);
            Assert.That(migrated.Json.GetProperty("locksHeldMs").GetDouble(), Is.Positive);
        });
        Assert.That(await other.ScalarAsync<bool>("SELECT to_regclass('ledger.\"Entries\"') IS NULL"), Is.False);
    }

    [Test]
    public async Task Backup_create_and_restore_bring_back_what_was_lost_and_keep_the_old_database()
    {
        await MigrateAppAsync(Shop);
        await Sql.ExecuteAsync(Database.Server.ConnectionString, $"ALTER ROLE {Database.Owner.Name} CREATEDB");
        await Database.ExecuteAsync("CREATE TABLE mine AS SELECT 1 AS n");
        var created = await RunAppAsync(Shop, "backup", "create", "--backup-dir", "safe", "--json");
        Assert.That(created.Code, Is.EqualTo(ExitCode.Done), created.Error);
        Assert.That(created.Json.GetProperty("verified").GetBoolean());
        var id = created.Json.GetProperty("backupId").GetString()!;
        await Database.ExecuteAsync("DROP TABLE mine");
        Answer = "no";
        var asked = await RunAppAsync(Shop, "restore", id, "--backup-dir", "safe");
        Assert.That(asked.Error, Does.Contain("stays on the server under another name"));

        var restored = await RunAppAsync(Shop, "restore", id, "--backup-dir", "safe", "--yes", "--json");

        Assert.That(restored.Code, Is.EqualTo(ExitCode.Done), restored.Error);
        Assert.That(await Database.ScalarAsync<int>("SELECT n FROM mine"), Is.EqualTo(1));
        var kept = restored.Json.GetProperty("replaced")[0].GetString()!.Split('\'')[1];
        Assert.That(kept, Does.StartWith(Database.Name + "__replaced_"));
        await Sql.ExecuteAsync(Database.Server.ConnectionString, $"DROP DATABASE \"{kept}\"");
    }

    [Test]
    public async Task Backup_create_and_restore_demand_a_folder_on_a_server()
    {
        await MigrateAppAsync(Shop);
        var created = await RunAppAsync(Shop, "backup", "create");
        var listed = await RunAppAsync(Shop, "backup", "list");
        var restored = await RunAppAsync(Shop, "restore", "20260722T101500123Z_0a1b2c3d4e5f", "--yes");
        Assert.Multiple(() =>
        {
            Assert.That(created.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(created.Error, Does.Contain("--backup-dir"));
            Assert.That(listed.Code, Is.EqualTo(ExitCode.Done), listed.Error);
            Assert.That(restored.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(restored.Error, Does.Contain("--backup-dir"));
        });
    }

    [Test]
    public async Task Script_report_recover_accept_and_compile_work_on_a_server()
    {
        await MigrateAppAsync(Ledger);
        var script = await RunAppAsync(Ledger, "script");
        var report = await RunAppAsync(Ledger, "report", "--html", PathTo("report.html"));
        var recovered = await RunAppAsync(Ledger, "recover");
        var accepted = await RunAppAsync(Ledger, "accept", "Create", "--reason", "a comment was added");
        var compiled = await RunAppAsync(Ledger, "compile");
        var checkedAgain = await RunAppAsync(Ledger, "compile", "--check");
        Assert.Multiple(() =>
        {
            Assert.That(script.Out, Does.Contain("CREATE TABLE ledger.\"Entries\""), script.Error);
            Assert.That(report.Code, Is.EqualTo(ExitCode.Done), report.Error);
            Assert.That(File.ReadAllText(PathTo("report.html")), Does.Contain(Display).And.Not.Contain("file"));
            Assert.That(recovered.Code, Is.EqualTo(ExitCode.Done), recovered.Error);
            Assert.That(accepted.Code, Is.AnyOf(ExitCode.Done, ExitCode.Refused), accepted.Error);
            Assert.That(compiled.Code, Is.EqualTo(ExitCode.Done), compiled.Error);
            Assert.That(checkedAgain.Code, Is.EqualTo(ExitCode.Done), checkedAgain.Error);
        });
    }

    [Test]
    public async Task Recover_settles_a_started_statement_when_somebody_has_confirmed_it()
    {
        await MigrateAppAsync(Ledger);
        var schema = await Database.ScalarAsync<string>(
            "SELECT relnamespace::regnamespace::text FROM pg_class WHERE relname = '__migrator_runs'"
        );
        await Database.ExecuteAsync(
            $"INSERT INTO {schema}.__migrator_runs (run_id, statements) VALUES ('0a1b2c3d4e5f', ARRAY['0;1:CREATE DATABASE of_others'])"
        );
        string[] settle = ["recover", "--statement-done", "0a1b2c3d4e5f_1_1"];

        var consent = await RunAppAsync(Ledger, "migrate", "--allow-unrepeatable-statements");
        var refused = await RunAppAsync(Ledger, "migrate", "--allow-unrepeatable-statements", "--yes");
        var asked = await RunAppAsync(Ledger, settle);
        var settled = await RunAppAsync(Ledger, [.. settle, "--yes"]);
        var status = await RunAppAsync(Ledger, "status", "--check");

        Assert.Multiple(() =>
        {
            Assert.That(consent.Code, Is.EqualTo(ExitCode.Usage), consent.Error);
            Assert.That(refused.Code, Is.EqualTo(ExitCode.Failed));
            Assert.That(refused.Error, Does.Contain("CREATE DATABASE of_others").And.Contain(string.Join(' ', settle)));
            Assert.That(asked.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(settled.Code, Is.EqualTo(ExitCode.Done), settled.Error);
            Assert.That(status.Code, Is.EqualTo(ExitCode.Done), status.Out);
        });
    }

    [Test]
    public async Task What_a_run_keeps_is_in_the_result_the_history_the_backups_and_the_report()
    {
        await MigrateAppAsync(Ledger);
        await Database.ExecuteAsync(
            """INSERT INTO ledger."Entries" ("Id", "Tags", "Comment", "Day") SELECT gen_random_uuid(), '{}', 'c', now() FROM generate_series(1, 3)"""
        );
        var reverted = await RunAppAsync(Ledger, "rollback", "0", "--yes");
        var listed = await RunAppAsync(Ledger, "backup", "list");
        var json = await RunAppAsync(Ledger, "backup", "list", "--json");
        var verified = await RunAppAsync(Ledger, "backup", "verify");
        var history = await RunAppAsync(Ledger, "history");
        var report = await RunAppAsync(Ledger, "report", "--html", PathTo("report.html"));
        var page = File.ReadAllText(PathTo("report.html"));
        var id = json.Json.GetProperty("backups")[0].GetProperty("id").GetString()!;
        var restored = await RunAppAsync(Ledger, "restore", id, "--backup-dir", "safe", "--yes");
        var again = await RunAppAsync(Ledger, "migrate", "--json");

        Assert.Multiple(() =>
        {
            Assert.That(reverted.Out, Does.Contain("Kept the table 'ledger.Entries': 3 rows."), reverted.Error);
            Assert.That(
                listed.Out,
                Does.Contain("kept ledger.\"Entries\": 3 rows").And.Contain("before a rollback"),
                listed.Error
            );
            Assert.That(json.Json.GetProperty("backups")[0].GetProperty("kept").GetBoolean());
            Assert.That(verified.Code, Is.EqualTo(ExitCode.Done), verified.Error);
            Assert.That(history.Out, Does.Contain("Kept the table"));
            Assert.That(restored.Code, Is.EqualTo(ExitCode.Refused));
            Assert.That(restored.Error, Does.Contain("is kept in the database").And.Contain("Use 'rollback'"));
            Assert.That(report.Code, Is.EqualTo(ExitCode.Done), report.Error);
            Assert.That(
                page,
                Does.Contain("kept ledger.&quot;Entries&quot; (Comment): 3 rows").And.Contain("Kept the table")
            );
            Assert.That(page, Does.Contain("is kept in the database, and comes back").And.Contain("passed"));
            Assert.That(page, Does.Not.Contain("file").And.Not.Contain("copies").And.Not.Contain("damaged"));
            Assert.That(
                again
                    .Json.GetProperty("droppedData")
                    .EnumerateArray()
                    .Select(one => one.GetProperty("fate").GetString()),
                Is.EqualTo(new[] { "returned", "returned" })
            );
        });
        Assert.That(await Database.ScalarAsync<long>("SELECT count(*) FROM ledger.\"Entries\""), Is.EqualTo(3));
    }

    [Test]
    public async Task Unkept_loss_decides_about_what_cannot_be_kept()
    {
        await MigrateAppAsync(Ledger);
        await Database.ExecuteAsync(
            """
            INSERT INTO ledger."Entries" ("Id", "Tags", "Comment", "Day") VALUES (gen_random_uuid(), '{}', 'c', now());
            ALTER TABLE ledger."Entries" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY
            """
        );
        var refused = await RunAppAsync(Ledger, "rollback", "0", "--yes");
        var unknown = await RunAppAsync(Ledger, "rollback", "0", "--yes", "--unkept-loss", "lose");
        var nowhere = await RunAppAsync(Ledger, "rollback", "0", "--yes", "--unkept-loss", "dump");
        var unasked = await RunAppAsync(Ledger, "migrate", "--unkept-loss", "lose-forever");
        var onFiles = await RunAsync("migrate", "--unkept-loss", "dump");
        // pg_dump refuses to leave out what the role may not see.
        var dumped = await RunAppAsync(
            Ledger,
            "rollback",
            "0",
            "--yes",
            "--unkept-loss",
            "dump",
            "--backup-dir",
            "safe"
        );
        var archived = await RunAppAsync(Ledger, "rollback", "0", "--yes", "--unkept-loss", "restore-point");
        var lost = await RunAppAsync(Ledger, "rollback", "0", "--yes", "--json", "--unkept-loss", "lose-forever");
        var history = await RunAppAsync(Ledger, "history", "--json");

        Assert.Multiple(() =>
        {
            Assert.That(refused.Code, Is.EqualTo(ExitCode.Refused), refused.Error);
            Assert.That(refused.Error, Does.Contain("--unkept-loss dump or restore-point").And.Contain("UnkeptLoss"));
            Assert.That(unknown.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(nowhere.Error, Does.Contain("--backup-dir"));
            Assert.That(unasked.Error, Does.Contain("Pass --yes."));
            Assert.That(onFiles.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(onFiles.Error, Does.Contain("--unkept-loss is for databases on a server."));
            Assert.That(dumped.Code, Is.EqualTo(ExitCode.BackupFailed));
            Assert.That(dumped.Error, Does.Contain("row-level security"));
            Assert.That(archived.Error, Does.Contain("Set archive_mode"));
            Assert.That(lost.Code, Is.EqualTo(ExitCode.Done), lost.Error);
            Assert.That(lost.Json.GetProperty("droppedData")[0].GetProperty("fate").GetString(), Is.EqualTo("lost"));
            Assert.That(
                history.Json.GetProperty("history")[0].GetProperty("detail").GetString(),
                Does.Contain("It is lost.")
            );
        });
    }

    [Test]
    public async Task Migrate_takes_contexts_with_a_schema_each_as_one_unit_by_one_connection_string()
    {
        string[] both = ["--context", Shop, "--context", Ledger];
        var migrated = await RunOnAsync(Database.ConnectionString, ["migrate", .. both]);
        var status = await RunOnAsync(Database.ConnectionString, ["status", "--check", .. both]);
        Assert.Multiple(() =>
        {
            Assert.That(migrated.Code, Is.EqualTo(ExitCode.Done), migrated.Error);
            Assert.That(status.Code, Is.EqualTo(ExitCode.Done), status.Error);
        });
        Assert.That(await Database.ScalarAsync<long>("SELECT count(*) FROM app.__ef"), Is.EqualTo(2));
    }

    [Test]
    public async Task Migrate_follows_a_naming_convention_and_seeds()
    {
        await MigrateAppAsync(Notes);
        Assert.Multiple(async () =>
        {
            Assert.That(
                await Database.ScalarAsync<long>("SELECT count(migration_id) FROM \"__EFMigrationsHistory\""),
                Is.EqualTo(2)
            );
            Assert.That(await Database.ScalarAsync<string>("SELECT long_text FROM notes"), Is.EqualTo("seeded"));
        });
    }

    [Test]
    public async Task Migrate_takes_the_connection_string_from_the_environment()
    {
        Set("RAGSTUDIO_CONNECTION", Database.ConnectionString);
        var migrated = await RunAsync("migrate", "--assembly", SampleApplication.Server, "--context", Ledger);
        Assert.That(migrated.Code, Is.EqualTo(ExitCode.Done), migrated.Error);
    }
}
