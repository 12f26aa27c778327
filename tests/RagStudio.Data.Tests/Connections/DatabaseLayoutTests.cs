using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Tests;

public sealed class DatabaseLayoutTests
{
    private const string Event = "INSERT INTO event_checkpoints VALUES ('p', 0, '2026-01-01T00:00:00.0000000Z')";

    private TemporaryFolder _folder = null!;

    private string AppMeta => _folder.Combine("app_meta.db");

    private string Events => _folder.Combine("events.db");

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [TestCase(null, "events.db")]
    [TestCase(false, "events.db")]
    [TestCase(true, "app_meta.db")]
    public void A_new_folder_gets_what_is_asked_for_and_two_files_otherwise(bool? asked, string file) =>
        Assert.That(FileOfEvents(asked), Is.EqualTo(file));

    [TestCase(false, "events.db")]
    [TestCase(true, "app_meta.db")]
    public async Task The_layout_that_is_there_is_found_without_being_asked_for(bool inOneFile, string file)
    {
        await MigrateAsync(inOneFile);

        Assert.That(FileOfEvents(null), Is.EqualTo(file));
        Assert.That((await Manager(null).GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
    }

    [TestCase(false, "events.db")]
    [TestCase(true, "app_meta.db")]
    public async Task Another_layout_than_the_one_that_is_there_is_refused_and_nothing_is_made(
        bool inOneFile,
        string file
    )
    {
        await MigrateAsync(inOneFile);
        var files = Directory.GetFiles(_folder.Path).Order().ToArray();

        Assert.Multiple(() =>
        {
            Assert.That(
                () => Manager(!inOneFile),
                Throws
                    .TypeOf<DatabaseLayoutException>()
                    .With.Message.Contains($"are in '{file}', for its table '__EFMigrationsHistory")
                    .And.Message.Contains($"set it to {(inOneFile ? "true" : "false")}")
                    .And.Property("Folder")
                    .EqualTo(_folder.Path)
            );
            Assert.That(Directory.GetFiles(_folder.Path).Order(), Is.EqualTo(files));
            Assert.That(HasTable(inOneFile ? Events : AppMeta, "events"), Is.False);
        });
    }

    [Test]
    public async Task Tables_without_a_history_are_a_layout_too()
    {
        await MigrateAsync(inOneFile: true);
        Execute(AppMeta, "DROP TABLE __EFMigrationsHistory_Events");

        Assert.That(FileOfEvents(null), Is.EqualTo("app_meta.db"));
        Assert.That(
            () => FileOfEvents(false),
            Throws.TypeOf<DatabaseLayoutException>().With.Message.Contains("it has the table 'events'")
        );
    }

    [TestCase("")]
    [TestCase("CREATE TABLE notes (id INTEGER)")]
    public void A_file_of_the_name_alone_is_no_layout(string sql)
    {
        Execute(Events, sql);

        Assert.That(FileOfEvents(true), Is.EqualTo("app_meta.db"));
    }

    [TestCase(false, "events.db")]
    [TestCase(true, "app_meta.db")]
    public async Task Of_a_full_store_and_an_empty_one_beside_it_the_full_one_is_taken(bool inOneFile, string file)
    {
        await MakeBothAsync();
        Execute(inOneFile ? AppMeta : Events, Event);

        Assert.That(FileOfEvents(null), Is.EqualTo(file));
        Assert.That(FileOfEvents(inOneFile), Is.EqualTo(file));
        Assert.That(() => FileOfEvents(!inOneFile), Throws.TypeOf<DatabaseLayoutException>());
    }

    [Test]
    public async Task Two_stores_with_rows_are_refused_until_somebody_says_which_is_right()
    {
        await MakeBothAsync();
        Execute(AppMeta, Event);
        Execute(Events, Event);

        Assert.Multiple(() =>
        {
            Assert.That(
                () => Manager(null),
                Throws
                    .TypeOf<DatabaseLayoutException>()
                    .With.Message.Contains("two event stores, both with rows")
                    .And.Message.Contains("--single-database")
            );
            Assert.That(FileOfEvents(true), Is.EqualTo("app_meta.db"));
            Assert.That(FileOfEvents(false), Is.EqualTo("events.db"));
        });
    }

    [Test]
    public async Task A_database_that_is_held_is_waited_for_and_named()
    {
        await MigrateAsync(inOneFile: true);
        using var other = Open(AppMeta);
        Execute(other, "PRAGMA locking_mode = EXCLUSIVE");
        Execute(other, "BEGIN EXCLUSIVE");

        Assert.That(
            () => RagStudioMigrator.Create(Options(null), new MigrationOptions { LockTimeout = TimeSpan.Zero }),
            Throws.TypeOf<DatabaseLockedException>().With.Message.Contains(AppMeta)
        );
    }

    [Test]
    public void What_is_no_database_is_left_to_whoever_uses_it()
    {
        File.WriteAllText(AppMeta, new string('x', 5000));

        Assert.That(FileOfEvents(null), Is.EqualTo("events.db"));
        Assert.That(async () => await Manager(null).GetStatusAsync(), Throws.TypeOf<DatabaseAccessException>());
    }

    [TestCase(true, "app_meta.db")]
    [TestCase(false, "events.db")]
    public void A_run_that_died_before_it_made_a_table_tells_the_layout_by_its_journal(bool inOneFile, string file)
    {
        Execute(AppMeta, "CREATE TABLE half (id INTEGER)");
        File.WriteAllText(
            AppMeta + ".run-journal",
            $$$"""{"event":"begun","begun":{"databases":[{"name":"app_meta","path":"{{{AppMeta}}}"},{"name":"events","path":"{{{(inOneFile ? AppMeta : Events)}}}"}]}}"""
                + "\n"
        );

        Assert.That(FileOfEvents(null), Is.EqualTo(file));
    }

    private string FileOfEvents(bool? asked) => Path.GetFileName(RagStudioDatabase.Events(Options(asked)).Path!);

    private RagStudioDataOptions Options(bool? asked) => new() { DataDirectory = _folder.Path, SingleDatabase = asked };

    private IMigrationManager Manager(bool? asked) => RagStudioMigrator.Create(Options(asked));

    private Task<MigrationSummary> MigrateAsync(bool inOneFile) => Manager(inOneFile).MigrateAsync();

    /// <summary>
    /// Recreates the effect of a forgotten switch: the other layout is created elsewhere, and its file copied
    /// here.
    /// </summary>
    private async Task MakeBothAsync()
    {
        using var elsewhere = new TemporaryFolder();
        await RagStudioMigrator
            .Create(new RagStudioDataOptions { DataDirectory = elsewhere.Path, SingleDatabase = false })
            .MigrateAsync();
        await MigrateAsync(inOneFile: true);
        SqliteConnection.ClearAllPools();
        File.Copy(elsewhere.Combine("events.db"), Events);
    }

    private static bool HasTable(string file, string table)
    {
        if (!File.Exists(file))
        {
            return false;
        }
        using var connection = Open(file);
        using var command = new SqliteCommand("SELECT 1 FROM sqlite_master WHERE name = $name", connection);
        command.Parameters.AddWithValue("$name", table);
        return command.ExecuteScalar() is not null;
    }

    private static void Execute(string file, string sql)
    {
        using var connection = Open(file);
        Execute(connection, sql);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }
}
