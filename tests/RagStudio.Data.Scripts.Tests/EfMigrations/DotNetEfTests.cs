using System.Diagnostics;
using System.Reflection;
using Microsoft.Data.Sqlite;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Scripts.Tests.EfMigrations;

// Runs the real dotnet ef on the output of these tests' build: building here would race with the build of other tests.
[NonParallelizable]
public sealed class DotNetEfTests
{
    private static readonly string BuiltWithTheTests =
        $"-NoBuild -Configuration {typeof(DotNetEfTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration}";

    private TemporaryFolder _data = null!;
    private EnvironmentValue _dataDirectory = null!;

    [OneTimeSetUp]
    public async Task RestoreDotNetEf()
    {
        using var restore = Process.Start(
            new ProcessStartInfo("dotnet", ["tool", "restore", "--verbosity", "quiet"])
            {
                WorkingDirectory = Repository.Root,
            }
        )!;
        await restore.WaitForExitAsync();
        Assert.That(restore.ExitCode, Is.Zero, "dotnet tool restore");
    }

    [SetUp]
    public void UseAnEmptyDataDirectory()
    {
        _data = new TemporaryFolder();
        _dataDirectory = new EnvironmentValue("RAGSTUDIO_DATA_DIR", _data.Path);
    }

    [TearDown]
    public void DeleteTheDataDirectory()
    {
        _dataDirectory.Dispose();
        _data.Dispose();
    }

    [Test]
    public void List_shows_every_migration_of_both_contexts_in_order()
    {
        var run = Run("list");

        var expected = new List<string>();
        expected.Add("-- AppMetaContext");
        expected.AddRange(Repository.MigrationsOf("AppMeta").Select(id => $"{id} (Pending)"));
        expected.Add("-- EventsContext");
        expected.AddRange(Repository.MigrationsOf("Events").Select(id => $"{id} (Pending)"));
        Assert.That(run.ExitCode, Is.Zero, run.Errors);
        Assert.That(run.Output, Is.EqualTo(expected));
    }

    [Test]
    public void Check_finds_both_models_without_changes_for_both_providers()
    {
        var run = Run("check");

        const string NoChanges = "No changes have been made to the model since the last migration.";
        Assert.That(run.ExitCode, Is.Zero, run.Errors);
        Assert.That(
            run.Output,
            Is.EqualTo([
                "-- AppMetaContext",
                NoChanges,
                "-- EventsContext",
                NoChanges,
                "-- AppMetaContext on PostgreSql",
                NoChanges,
                "-- EventsContext on PostgreSql",
                NoChanges,
            ])
        );
    }

    [Test]
    public void Update_migrates_the_database_in_the_data_directory()
    {
        var run = Run("update -Context Events");

        Assert.That(run.ExitCode, Is.Zero, run.Errors);
        Assert.That(run.Output, Does.Contain($"Applying migration '{Repository.MigrationsOf("Events")[^1]}'."));
        Assert.That(File.Exists(_data.Combine("events.db")));
        Assert.That(RecordedIn("events.db"), Is.EqualTo(Repository.MigrationsOf("Events")), "by a guarded run");
        Assert.That(File.Exists(_data.Combine("app_meta.db")), Is.False);
    }

    [Test]
    public void A_failure_of_dotnet_ef_is_told_with_its_exit_code()
    {
        var run = Run("script NoSuchMigration NoSuchOther -Context AppMeta");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Errors, Does.Contain("The migration 'NoSuchMigration' was not found."));
        Assert.That(run.Output, Is.Empty);
    }

    [Test]
    public void Update_to_an_older_version_makes_a_backup_first()
    {
        Run("update -Context Events");

        var run = Run($"update {Repository.MigrationsOf("Events")[0]} -Context Events");

        Assert.That(run.ExitCode, Is.Zero, run.Errors);
        Assert.That(Directory.GetDirectories(_data.Combine("backups")), Has.Length.EqualTo(1));
        Assert.That(Texts("events.db", "SELECT MigrationId FROM __EFMigrationsHistory"), Has.Length.EqualTo(1));
    }

    private string[] RecordedIn(string file) => Texts(file, "SELECT version FROM __migrator_history ORDER BY id");

    private string[] Texts(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_data.Combine(file)};Pooling=False");
        connection.Open();
        using var command = new SqliteCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
        }
        return [.. texts];
    }

    private static ScriptRun Run(string commandLine) =>
        BarePowerShell.Run(Repository.EfMigrationsScript, $"{commandLine} {BuiltWithTheTests}");
}
