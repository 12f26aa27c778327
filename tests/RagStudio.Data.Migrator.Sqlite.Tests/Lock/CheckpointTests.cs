using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Logs;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Lock;

[TestFixture(false)]
[TestFixture(true)]
public sealed class CheckpointTests(bool isCompiled) : ShopTest(isCompiled)
{
    private readonly List<SqliteDataReader> _unread = [];

    private const long MoreThanSQLiteKeeps = 6_000_000;

    private string Log => Shop.PathOf("shop") + "-wal";

    [Test]
    public async Task SQLite_checkpoints_nothing_by_itself_whatever_the_migration_before_has_set()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        var seen = new List<long>();

        await MigrateAsync(
            (IndexOrders.Version, code => Execute(code, "PRAGMA wal_autocheckpoint = 1")),
            (TrimCustomers.Version, code => seen.Add(Number(code, "PRAGMA wal_autocheckpoint")))
        );

        Assert.That(seen, Is.EqualTo(new[] { 0L }));
    }

    [Test]
    public async Task A_flush_has_the_drive_write_what_it_holds_itself()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        var seen = new List<long>();

        await MigrateAsync(
            (
                TrimCustomers.Version,
                code => seen.AddRange([Number(code, "PRAGMA fullfsync"), Number(code, "PRAGMA checkpoint_fullfsync")])
            )
        );

        Assert.That(seen, Is.EqualTo(new[] { 1L, 1L }));
    }

    [Test]
    public async Task What_a_migration_says_of_flushes_does_not_hold_for_the_next()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        var seen = new List<long>();

        await MigrateAsync(
            (IndexOrders.Version, code => SetOutside(code, "PRAGMA synchronous = OFF")),
            (TrimCustomers.Version, code => seen.Add(Number(code, "PRAGMA synchronous")))
        );

        Assert.That(seen, Is.EqualTo(new[] { 1L }));
    }

    [Test]
    public async Task A_log_that_has_grown_long_is_checked_in_before_the_next_migration()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        var seen = new List<long>();

        await MigrateAsync(
            (IndexOrders.Version, AddRows),
            (RequireCustomer.Version, _ => seen.Add(new FileInfo(Log).Length))
        );

        Assert.That(seen.Single(), Is.Zero, "the next migration has not written yet");
        Assert.That(Shop.Scalar<long>("SELECT COUNT(*) FROM orders"), Is.EqualTo(3003));
    }

    [Test]
    public async Task A_log_that_is_short_waits_for_the_end_of_the_run()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        var seen = new List<long>();

        await MigrateAsync((TrimCustomers.Version, _ => seen.Add(new FileInfo(Log).Length)));

        Assert.That(seen.Single(), Is.GreaterThan(0));
    }

    [Test]
    public async Task Nothing_is_left_in_the_log_when_the_run_is_validated()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        long? length = null;
        RunPoints.At(RunPoints.JournalValidated, () => length = new FileInfo(Log).Length);

        await Manager().MigrateAsync();

        Assert.That(length, Is.Zero);
    }

    [Test]
    public async Task A_query_that_is_not_read_to_its_end_keeps_no_run_from_its_end()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);

        await MigrateAsync((TrimCustomers.Version, LeaveUnread));

        Assert.That(Shop.Scalar<string>("SELECT customer FROM orders WHERE id = 2"), Is.EqualTo("customer 2"));
    }

    [Test]
    public async Task A_query_that_is_not_read_to_its_end_keeps_no_backup_from_being_restored()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        var before = Shop.Dump();
        var manager = Manager((IndexOrders.Version, LeaveUnread));

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => manager.MigrateAsync());

        Assert.That(
            failure!.Message,
            Does.Contain("locked"),
            "the next migration rebuilds the table that is being read"
        );
        Assert.That(failure.DataState, Is.EqualTo(DataState.Restored));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }

    [Test]
    public void Run_fails_where_somebody_reads_what_is_in_the_log()
    {
        using var writer = Shop.Open();
        writer.Execute("PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1)");
        using var reader = Shop.Open();
        reader.Execute("BEGIN; SELECT * FROM t");
        writer.Execute("INSERT INTO t VALUES (2)");

        var failure = Assert.Throws<SqliteException>(() => Checkpoint.Run(writer));

        Assert.That(failure!.SqliteErrorCode, Is.EqualTo(raw.SQLITE_BUSY));
        Assert.That(writer.Number("SELECT COUNT(*) FROM t"), Is.EqualTo(2));
    }

    [Test]
    public void Run_has_nothing_to_do_in_another_journal_mode()
    {
        using var held = Shop.Open();
        held.Execute("PRAGMA journal_mode = DELETE; CREATE TABLE t (x)");

        Assert.DoesNotThrow(() => Checkpoint.Run(held));
    }

    private Task<MigrationSummary> MigrateAsync(params (string Version, Action<MigrationCodeContext> Act)[] codes) =>
        Manager(codes).MigrateAsync();

    private IMigrationManager Manager(params (string Version, Action<MigrationCodeContext> Act)[] codes) =>
        MigratorFactory.Create(migrator =>
        {
            migrator.AddSqliteDatabase<ShopContext>(
                "shop",
                $"Data Source={Shop.PathOf("shop")}",
                sqlite => sqlite.MigrationsAssembly = IsCompiled ? CompiledAssembly.Of<ShopContext>() : null
            );
            foreach (var (version, act) in codes)
            {
                migrator.AddCode("shop", version, CodeMoment.Before, _ => new Act(act));
            }
        });

    private static void AddRows(MigrationCodeContext code) =>
        Execute(
            code,
            $"""
            WITH RECURSIVE n(i) AS (SELECT 4 UNION ALL SELECT i + 1 FROM n WHERE i < 3003)
            INSERT INTO orders (id, customer) SELECT i, hex(zeroblob({MoreThanSQLiteKeeps / 3000 / 2})) FROM n
            """
        );

    private static void SetOutside(MigrationCodeContext code, string sql)
    {
        Execute(code, "COMMIT");
        Execute(code, sql);
        Execute(code, "BEGIN");
    }

    [TearDown]
    public void ForgetUnread() => _unread.Clear();

    private void LeaveUnread(MigrationCodeContext context)
    {
        var query = new SqliteCommand("SELECT id FROM orders", Held(context), (SqliteTransaction)context.Transaction);
        // Otherwise the garbage collector might end it.
        _unread.Add(query.ExecuteReader());
        Assert.That(_unread[^1].Read());
    }

    private static SqliteConnection Held(MigrationCodeContext context) => (SqliteConnection)context.Connection;

    private static void Execute(MigrationCodeContext context, string sql) => Held(context).Execute(sql);

    private static long Number(MigrationCodeContext context, string sql) => Held(context).Number(sql);

    private sealed class Act(Action<MigrationCodeContext> act) : IMigrationCode
    {
        public string Name => "act";

        public Task RunAsync(MigrationCodeContext context, CancellationToken cancellationToken)
        {
            if (!context.IsReplay)
            {
                act(context);
            }
            return Task.CompletedTask;
        }
    }
}
