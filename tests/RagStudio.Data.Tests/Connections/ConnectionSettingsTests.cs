using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Tests;

public sealed class ConnectionSettingsTests
{
    private static readonly Dictionary<string, long> Expected = new()
    {
        ["foreign_keys"] = 1,
        ["busy_timeout"] = 5000,
        ["cache_size"] = -65536,
        ["mmap_size"] = 134_217_728,
        ["temp_store"] = 2,
        ["wal_autocheckpoint"] = 1000,
        ["journal_size_limit"] = 67_108_864,
    };

    private UnmigratedDatabases _databases = null!;

    [SetUp]
    public void Create() => _databases = new UnmigratedDatabases();

    [TearDown]
    public void Delete() => _databases.Dispose();

    [TestCase(typeof(AppMetaContext), 1)]
    [TestCase(typeof(EventsContext), 2)]
    public async Task Every_connection_gets_the_settings_of_the_domain(Type contextType, long synchronous)
    {
        await using var context = _databases.Open(contextType);
        await context.Database.OpenConnectionAsync();
        AssertSettings(context, synchronous);
        await context.Database.CloseConnectionAsync();

        context.Database.OpenConnection();
        AssertSettings(context, synchronous);
    }

    [TestCase(typeof(AppMetaContext), 1)]
    [TestCase(typeof(EventsContext), 2)]
    public void A_pooled_connection_gets_them_back_after_somebody_changed_them(Type contextType, long synchronous)
    {
        using var context = _databases.Open(contextType);
        context.Database.OpenConnection();
        var handle = Handle(context);
        context.Execute(
            "PRAGMA foreign_keys=0; PRAGMA busy_timeout=1; PRAGMA cache_size=10; PRAGMA mmap_size=0; PRAGMA temp_store=1; "
                + "PRAGMA wal_autocheckpoint=7; PRAGMA journal_size_limit=1; PRAGMA synchronous=3;"
        );
        context.Database.CloseConnection();

        using var next = _databases.Open(contextType);
        next.Database.OpenConnection();

        Assert.That(Handle(next), Is.SameAs(handle), "the pool hands the same connection on");
        AssertSettings(next, synchronous);
    }

    [TestCase(true, 1)]
    [TestCase(false, 0)]
    public void A_flush_has_the_drive_write_what_it_holds_itself_on_macOS(bool isMacOS, long expected)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();

        Execute(
            connection,
            SqliteConnectionInterceptor.Pragmas(new SqliteConnectionSettings(), SqliteSynchronous.Full, isMacOS)
        );

        foreach (var pragma in new[] { "fullfsync", "checkpoint_fullfsync" })
        {
            using var command = new SqliteCommand($"PRAGMA {pragma}", connection);
            Assert.That(command.ExecuteScalar(), Is.EqualTo(expected), pragma);
        }
    }

    [Test]
    public void A_database_in_another_journal_mode_enters_WAL_mode()
    {
        using (var plain = new SqliteConnection($"Data Source={_databases.AppMeta.Path};Pooling=False"))
        {
            plain.Open();
            Execute(plain, "PRAGMA journal_mode=DELETE; CREATE TABLE t (x); ");
        }

        using var context = _databases.OpenAppMeta();

        Assert.That(context.Scalar<string>("PRAGMA journal_mode"), Is.EqualTo("wal"));
    }

    [Test]
    public async Task Opening_a_database_that_is_in_WAL_mode_writes_nothing()
    {
        await using var context = _databases.OpenAppMeta();
        await context.Database.MigrateAsync();
        SqliteConnection.ClearAllPools();
        var longAgo = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_databases.AppMeta.Path!, longAgo);

        _ = await context.Settings.CountAsync();
        SqliteConnection.ClearAllPools();

        Assert.That(File.GetLastWriteTimeUtc(_databases.AppMeta.Path!), Is.EqualTo(longAgo));
    }

    [Test]
    public void A_read_only_connection_opens_with_the_settings_and_leaves_the_journal_mode()
    {
        var path = _databases.AppMeta.Path;
        using (var plain = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            plain.Open();
            Execute(plain, "PRAGMA journal_mode=DELETE; CREATE TABLE t (x); ");
        }

        using var context = ContextOver(
            new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False"),
            new SqliteConnectionSettings()
        );

        Assert.That(context.Scalar<string>("PRAGMA journal_mode"), Is.EqualTo("delete"));
        Assert.That(context.Scalar<long>("PRAGMA cache_size"), Is.EqualTo(-65536));
    }

    [Test]
    public void A_connection_that_its_owner_holds_open_stays_as_it_is()
    {
        using var held = new SqliteConnection(
            $"Data Source={_databases.AppMeta.Path};Pooling=False;Foreign Keys=False"
        );
        held.Open();
        Execute(held, "PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;");

        using var context = ContextOver(held, new SqliteConnectionSettings());

        Assert.That(context.Scalar<long>("PRAGMA foreign_keys"), Is.Zero);
        Assert.That(context.Scalar<string>("PRAGMA locking_mode"), Is.EqualTo("exclusive"));
    }

    [Test]
    public void Settings_can_be_changed()
    {
        var settings = new SqliteConnectionSettings
        {
            ForeignKeys = false,
            BusyTimeout = TimeSpan.FromMilliseconds(1500),
            CacheSizeMegabytes = 4096,
            MmapSizeMegabytes = 0,
            TempStore = SqliteTempStore.File,
            WalAutoCheckpointPages = 1,
            JournalSizeLimitMegabytes = 4096,
        };
        using var context = ContextOver(new SqliteConnection($"Data Source={_databases.AppMeta.Path}"), settings);

        context.Database.OpenConnection();

        Assert.That(context.Scalar<long>("PRAGMA foreign_keys"), Is.Zero);
        Assert.That(context.Scalar<long>("PRAGMA busy_timeout"), Is.EqualTo(1500));
        Assert.That(context.Scalar<long>("PRAGMA cache_size"), Is.EqualTo(-4_194_304));
        Assert.That(context.Scalar<long>("PRAGMA mmap_size"), Is.Zero);
        Assert.That(context.Scalar<long>("PRAGMA temp_store"), Is.EqualTo(1));
        Assert.That(context.Scalar<long>("PRAGMA wal_autocheckpoint"), Is.EqualTo(1));
        Assert.That(context.Scalar<long>("PRAGMA journal_size_limit"), Is.EqualTo(4_294_967_296));
    }

    private static void AssertSettings(DbContext context, long synchronous)
    {
        var found = Expected.Keys.ToDictionary(name => name, name => context.Scalar<long>($"PRAGMA {name}"));

        Assert.That(found, Is.EqualTo(Expected));
        Assert.That(context.Scalar<long>("PRAGMA synchronous"), Is.EqualTo(synchronous));
        Assert.That(context.Scalar<string>("PRAGMA journal_mode"), Is.EqualTo("wal"));
    }

    private static SQLitePCL.sqlite3? Handle(DbContext context) =>
        ((SqliteConnection)context.Database.GetDbConnection()).Handle;

    private static AppMetaContext ContextOver(SqliteConnection connection, SqliteConnectionSettings settings) =>
        new(
            new DbContextOptionsBuilder<AppMetaContext>()
                .UseSqlite(connection, contextOwnsConnection: true)
                .AddInterceptors(new SqliteConnectionInterceptor(settings, SqliteSynchronous.Normal))
                .Options
        );

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
