using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli.Tests;

/// <summary>Runs the commands on the contexts of an application that does not know the migrator.</summary>
[TestFixture]
internal sealed class ApplicationTests : CliTest
{
    private const string Insert = "INSERT INTO Products (Name, Price) VALUES ('tea', 2.5)";

    private string Catalog => PathTo("catalog.db");

    private string Preferences => PathTo("preferences.db");

    [Test]
    public async Task Migrate_takes_all_contexts_that_have_migrations_as_one_unit()
    {
        var result = await RunAppAsync("migrate", "--json");
        var names = result
            .Json.GetProperty("databases")
            .EnumerateArray()
            .Select(one => one.GetProperty("name").GetString());
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(names, Is.EqualTo(new[] { "CatalogContext", "PreferencesContext" }));
            Assert.That(Database.Count(Catalog, "catalog_history"), Is.EqualTo(3));
            Assert.That(Database.Count(Catalog, "sqlite_master", "name = '__EFMigrationsHistory'"), Is.Zero);
            Assert.That(Database.Count(Preferences, "__EFMigrationsHistory"), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Status_of_a_mistyped_file_says_that_there_is_no_database_and_where()
    {
        await MigrateAppAsync();
        string[] mistyped = ["--context", "CatalogContext", "--connection", "Data Source=katalog.db"];
        var status = await RunAppAsync(["status", "--check", .. mistyped]);
        var plan = await RunAppAsync(["plan", .. mistyped]);
        Assert.Multiple(() =>
        {
            Assert.That(status.Code, Is.EqualTo(ExitCode.Pending));
            Assert.That(status.Out, Does.StartWith($"There is no database at '{PathTo("katalog.db")}'."));
            Assert.That(plan.Error, Does.Contain($"there is no database at '{PathTo("katalog.db")}'"));
            Assert.That(PathTo("katalog.db"), Does.Not.Exist);
        });
    }

    [Test]
    public async Task Migrate_works_in_a_process_of_its_own_too()
    {
        var result = await ToolProcess.RunAsync(Folder, "migrate", "--quiet", "--assembly", SampleApplication.Assembly);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(result.Error, Is.Empty);
            Assert.That(Database.Count(Catalog, "catalog_history"), Is.EqualTo(3));
        });
    }

    [Test]
    public async Task Name_calls_the_database_as_its_application_does_and_what_was_done_under_another_name_is_told()
    {
        await RunAppAsync("migrate", "--context", "CatalogContext");
        Database.Execute(Catalog, Insert);
        var backup = await RunAppAsync("backup", "create", "--context", "CatalogContext", "--json");

        var history = await RunAppAsync("history", "--json", "--context", "CatalogContext", "--name", "catalog");
        var status = await RunAppAsync("status", "--json", "--context", "CatalogContext", "--name", "catalog");
        Database.Execute(Catalog, "DELETE FROM Products");
        var id = backup.Json.GetProperty("backupId").GetString()!;
        var restored = await RunAppAsync("restore", id, "--yes", "--context", "CatalogContext", "--name", "catalog");

        Assert.Multiple(() =>
        {
            Assert.That(history.Json.GetProperty("history").GetArrayLength(), Is.EqualTo(3));
            Assert.That(status.Json.GetProperty("databases")[0].GetProperty("name").GetString(), Is.EqualTo("catalog"));
            Assert.That(restored.Code, Is.EqualTo(ExitCode.Done), restored.Error);
            Assert.That(Database.Count(Catalog, "Products"), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Every_other_command_works_on_the_same_contexts()
    {
        await MigrateAppAsync();
        Database.Execute(Catalog, Insert);
        var status = await RunAppAsync("status", "--check");
        var plan = await RunAppAsync("plan");
        var validated = await RunAppAsync("validate");
        var backup = await RunAppAsync("backup", "create", "--json");
        var rolledBack = await RunAppAsync("rollback", "CreateProducts", "--context", "CatalogContext", "--yes");
        var history = await RunAppAsync("history", "--json");
        var pending = await RunAppAsync("status", "--check");
        var id = backup.Json.GetProperty("backupId").GetString()!;
        var restored = await RunAppAsync("restore", id, "--yes");
        var recovered = await RunAppAsync("recover");
        var accepted = await RunAppAsync("accept", "IndexNames", "--reason", "only a comment");
        Assert.Multiple(() =>
        {
            CliResult[] done = [status, plan, validated, backup, rolledBack, history, restored, recovered, accepted];
            Assert.That(
                done.Select(one => one.Code),
                Is.All.EqualTo(ExitCode.Done),
                string.Concat(done.Select(one => one.Error))
            );
            Assert.That(pending.Code, Is.EqualTo(ExitCode.Pending));
            Assert.That(history.Json.GetProperty("history").GetArrayLength(), Is.EqualTo(6));
            Assert.That(Database.Count(Catalog, "catalog_history"), Is.EqualTo(3));
            Assert.That(Database.Scalar(Catalog, "SELECT Name FROM Products"), Is.EqualTo("tea"));
        });
    }

    [Test]
    public async Task A_migration_that_fails_leaves_both_databases_as_they_were()
    {
        await MigrateAppAsync();
        Database.Execute(Catalog, Insert);
        Database.Execute(Catalog, "DROP INDEX IX_Products_Name");
        Database.Execute(Catalog, "DELETE FROM catalog_history WHERE MigrationId > '20250201'");
        Database.Execute(Catalog, "CREATE TABLE ef_temp_Products (x)");
        Database.Execute(Preferences, "DROP TABLE Preferences; DELETE FROM __EFMigrationsHistory");
        var result = await RunAppAsync("migrate");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.Not.EqualTo(ExitCode.Done));
            Assert.That(result.Error, Does.Contain("ef_temp_Products").Or.Contain("edited"));
            Assert.That(Database.Count(Catalog, "Products", "Name = 'tea'"), Is.EqualTo(1));
            Assert.That(Database.Count(Catalog, "sqlite_master", "name = 'IX_Products_Name'"), Is.Zero);
            Assert.That(Database.Count(Preferences, "sqlite_master", "name = 'Preferences'"), Is.Zero);
        });
    }

    [Test]
    public async Task Migrations_may_be_in_another_assembly_and_have_ids_with_spaces()
    {
        Directory.CreateDirectory(PathTo("books"));
        var result = await RunAsync([
            "migrate",
            "--assembly",
            SampleApplication.MigrationsAssembly,
            "--context",
            "LedgerContext",
        ]);
        var file = PathTo("books", "ledger.db");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(
                Database.Scalar(file, "SELECT MigrationId FROM __EFMigrationsHistory"),
                Is.EqualTo("20250101000000_Create the ledger")
            );
            Assert.That(Database.Count(file, "entries"), Is.Zero);
        });
    }

    [Test]
    public async Task A_context_without_a_factory_is_given_its_connection()
    {
        string[] bare = ["migrate", "--assembly", SampleApplication.MigrationsAssembly, "--context", "barecontext"];
        var refused = await RunAsync(bare);
        var migrated = await RunAsync([.. bare, "--connection", "Data Source=bare.db"]);
        Assert.Multiple(() =>
        {
            Assert.That(refused.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(refused.Error, Does.Contain("pass --connection \"Data Source=FILE\""));
            Assert.That(migrated.Code, Is.EqualTo(ExitCode.Done), migrated.Error);
            Assert.That(Database.Count(PathTo("bare.db"), "bare"), Is.Zero);
        });
    }

    [TestCase("CatalogContext", "Products")]
    [TestCase("PreferencesContext", "Preferences")]
    public async Task A_connection_of_the_command_line_comes_before_the_contexts_own(string context, string table)
    {
        var result = await RunAppAsync("migrate", "--context", context, "--connection", "Data Source=other.db");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(Database.Count(PathTo("other.db"), table), Is.Zero);
            Assert.That(File.Exists(Catalog) || File.Exists(Preferences), Is.False);
        });
    }

    [Test]
    public async Task A_relative_path_begins_at_the_data_directory()
    {
        var result = await RunAppAsync("migrate", "--data-dir", "elsewhere");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(PathTo("elsewhere", "catalog.db"), Does.Exist);
            Assert.That(PathTo("elsewhere", "preferences.db"), Does.Exist);
        });
    }

    [TestCase(null)]
    [TestCase("/srv/elsewhere", Description = "the folder was called otherwise then")]
    public async Task A_run_that_died_with_other_contexts_is_recovered_with_those_first(string? folder)
    {
        await DieAsync("PreferencesContext", "CatalogContext");
        Write("preferences.db.run-journal", ReadJournal()!.Replace(Folder, folder ?? Folder, StringComparison.Ordinal));
        var refused = await RunAppAsync("recover", "--context", "CatalogContext");
        var journal = Preferences + ".run-journal";
        var journalIsKept = File.Exists(journal);
        var recovered = await RunAppAsync("recover", "--context", "PreferencesContext", "--context", "CatalogContext");
        Assert.Multiple(() =>
        {
            Assert.That(refused.Code, Is.EqualTo(ExitCode.Pending), refused.Error);
            Assert.That(refused.Error, Does.Contain($"its journal is '{journal}'. Nothing was changed."));
            Assert.That(journalIsKept, Is.True);
            Assert.That(recovered.Code, Is.EqualTo(ExitCode.Done), recovered.Error);
            Assert.That(journal, Does.Not.Exist);
        });
    }

    /// <summary>Leaves the folder as a run does that is killed after everything has been applied.</summary>
    private async Task DieAsync(params string[] contexts)
    {
        var choice = new ApplicationChoice(SampleApplication.Assembly, contexts, null, null, Folder, TimeSpan.Zero);
        var settings = new CliSettings(Folder, SingleDatabase: false, null, null, null, null, choice);
        var environment = new CliEnvironment(TextWriter.Null, TextWriter.Null, Folder, _ => null);
        var output = new CommandOutput(environment, default);
        var journal = "";
        await using (
            var services = ApplicationServices.Create(
                Application.Load(choice, CancellationToken.None),
                settings,
                environment,
                output,
                null
            )
        )
        {
            await services
                .GetRequiredService<IMigrationManager>()
                .MigrateAsync(new DirectProgress<MigrationProgress>(_ => journal = ReadJournal() ?? journal));
        }

        File.WriteAllText(Preferences + ".run-journal", journal);
    }

    private string? ReadJournal() =>
        File.Exists(Preferences + ".run-journal")
        && File.ReadAllText(Preferences + ".run-journal") is { Length: > 0 } text
            ? text
            : null;

    private Task<CliResult> RunAppAsync(params string[] args) =>
        RunAsync([.. args, "--assembly", SampleApplication.Assembly]);

    private async Task MigrateAppAsync()
    {
        var result = await RunAppAsync("migrate");
        Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
    }
}
