using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagStudio.Data.Migrator.Sqlite.Tests.Diagnostics;
using RagStudio.Data.Migrator.Sqlite.Tests.Loss;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Validate;

/// <summary>A run on a large database checks what it has touched, and nothing else.</summary>
public sealed class TouchedTablesTests : ByHandTest
{
    private const string Tables = """
        CREATE TABLE shelves (id INTEGER PRIMARY KEY, name TEXT);
        CREATE TABLE books (id INTEGER PRIMARY KEY, shelf INTEGER REFERENCES shelves ON DELETE CASCADE, title TEXT);
        CREATE TABLE loans (id INTEGER PRIMARY KEY, book INTEGER REFERENCES books ON DELETE CASCADE);
        CREATE TABLE tags (id INTEGER PRIMARY KEY, book INTEGER);
        CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT);
        CREATE INDEX by_title ON books (title);
        CREATE VIRTUAL TABLE search USING fts5(title);
        """;

    private const string Rows = """
        INSERT INTO shelves VALUES (1, 'a'), (2, 'b');
        INSERT INTO books VALUES (1, 1, 'one'), (2, 2, 'two');
        INSERT INTO loans VALUES (1, 1);
        INSERT INTO tags VALUES (1, 1), (2, 2);
        INSERT INTO settings VALUES ('theme', 'dark');
        """;

    private const string Orphan = "PRAGMA foreign_keys = OFF; INSERT INTO loans VALUES (9, 99);";

    /// <summary>Adds a row whose entry in the index is another value.</summary>
    private static void BreakIndex(Shop shop)
    {
        Redefine(shop, "(title)", "(id)");
        shop.Execute("INSERT INTO books VALUES (3, 1, 'three')");
        Redefine(shop, "(id)", "(title)");
    }

    private static void Redefine(Shop shop, string from, string to) =>
        shop.Execute(
            $"PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, '{from}', '{to}') WHERE name = 'by_title'"
        );

    private static readonly string[] Always = ["__EFMigrationsHistory", "__migrator_history", "sqlite_schema"];

    private static readonly string[] Sometimes = ["__migrator_owner", "__migrator_stamp", "sqlite_sequence"];

    [SetUp]
    public Task CreateLibrary() => CreateAsync(Tables, Rows);

    [TestCase("ALTER TABLE settings ADD COLUMN kind TEXT", "settings")]
    [TestCase("UPDATE settings SET value = 'light'", "settings")]
    [TestCase("INSERT INTO settings VALUES ('a', 'b')", "settings")]
    [TestCase("CREATE TABLE notes (id INTEGER PRIMARY KEY)", "notes")]
    [TestCase("ALTER TABLE settings RENAME TO options", "options", "settings")]
    [TestCase("CREATE INDEX by_value ON settings (value)", "settings")]
    [TestCase("DROP INDEX by_title", "books")]
    [TestCase("REINDEX by_title", "books")]
    [TestCase(
        "CREATE TRIGGER t AFTER INSERT ON settings BEGIN UPDATE shelves SET name = 'c'; END; INSERT INTO settings VALUES ('a', 'b')",
        "settings",
        "shelves"
    )]
    [TestCase(
        "INSERT INTO search VALUES ('word')",
        "search",
        "search_config",
        "search_content",
        "search_data",
        "search_docsize",
        "search_idx"
    )]
    [TestCase("PRAGMA user_version = 7")]
    [TestCase("CREATE VIEW v AS SELECT * FROM books")]
    public async Task A_run_checks_the_tables_that_its_statements_touch(string sql, params string[] touched)
    {
        var summary = await MigrateAsync(sql);

        Assert.That(summary.Reports.Single().CheckedTables!.Except(Always).Except(Sometimes), Is.EquivalentTo(touched));
        Assert.That(summary.Reports.Single().CheckedTables, Is.SupersetOf(Always));
    }

    [Test]
    public async Task Deletions_touch_the_tables_that_they_cascade_to()
    {
        var summary = await MigrateAsync(
            "DELETE FROM tags; DELETE FROM shelves WHERE id = 2",
            o => o.AllowDestructive = true
        );

        Assert.That(
            summary.Reports.Single().CheckedTables!.Except(Always),
            Is.SupersetOf(new[] { "shelves", "books", "loans" })
        );
    }

    [Test]
    public void Statements_of_code_count_as_well()
    {
        var manager = Manager(Touched, c => Execute(c, "INSERT INTO tags VALUES (9, 99)"));

        var failure = Assert.ThrowsAsync<ValidationFailedException>(() => manager.MigrateAsync())!;

        Assert.That(failure.Reports.Single().Errors.Single().Table, Is.EqualTo("tags"));
        Assert.That(failure.DataState, Is.EqualTo(DataState.Restored));
        Assert.That(Count("tags"), Is.EqualTo(2));
    }

    [Test]
    public void A_parent_that_goes_is_missed_in_a_table_that_nobody_touched()
    {
        var manager = Manager(Touched, c => Execute(c, "UPDATE books SET id = 20 WHERE id = 2"));

        var failure = Assert.ThrowsAsync<ValidationFailedException>(() => manager.MigrateAsync())!;

        Assert.That(
            failure.Reports.Single().Errors.Select(error => (error.Kind, error.Table)),
            Is.EqualTo(new[] { (ValidationErrorKind.OrphanedRecord, "tags") })
        );
        Assert.That(Shop.Scalar<long>("SELECT max(id) FROM books"), Is.EqualTo(2));
    }

    [Test]
    public async Task Damage_in_a_table_that_nobody_touched_is_left_to_a_validation()
    {
        Shop.Execute(Orphan);

        var summary = await MigrateAsync("UPDATE settings SET value = 'light'");
        var validation = await Shop.Validate<ByHandContext>();

        Assert.That(Damage(summary), Is.Empty);
        Assert.That(validation.Reports.Single().Errors.Single().Table, Is.EqualTo("loans"));
    }

    [Test]
    public async Task Earlier_damage_in_a_touched_table_is_found_in_the_backup_and_fails_no_run()
    {
        Shop.Execute(Orphan);

        var summary = await MigrateAsync("UPDATE loans SET id = id + 100 WHERE id < 9");

        Assert.That(Damage(summary), Is.EqualTo(new[] { "loans" }));
    }

    [Test]
    public void New_damage_beside_earlier_damage_of_the_same_kind_fails_the_run()
    {
        Shop.Execute("INSERT INTO tags VALUES (8, 98)");
        var manager = Manager(Touched, c => Execute(c, "INSERT INTO tags VALUES (9, 99)"));

        var failure = Assert.ThrowsAsync<ValidationFailedException>(() => manager.MigrateAsync())!;

        Assert.That(failure.Reports.Single().ErrorCount, Is.EqualTo(1));
        Assert.That(Count("tags"), Is.EqualTo(3));
    }

    [Test]
    public async Task An_index_that_does_not_match_its_table_is_found_if_the_table_was_touched()
    {
        BreakIndex(Shop);

        ByHandContext.Change = b => b.Sql("UPDATE settings SET value = 'light'");
        var aside = await Manager(Touched).MigrateToVersionAsync(ByHandChange.Version);
        ByHandContext.Follow = b => b.Sql("UPDATE books SET shelf = 1");
        var touching = await Manager(Touched).MigrateAsync();

        Assert.That(Damage(aside), Is.Empty);
        Assert.That(Damage(touching), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Rules_run_that_read_a_touched_table()
    {
        var read = new List<string>();
        var manager = Shop.Manager(
            Touched,
            m =>
                m.AddSqliteDatabase<ByHandContext>("shop", $"Data Source={Shop.PathOf("shop")}")
                    .AddRule(new NotingRule("settings", read))
                    .AddRule(new NotingRule("books", read))
        );
        ByHandContext.Change = b => b.Sql("UPDATE settings SET value = 'light'");

        await manager.MigrateAsync();

        Assert.That(read.Distinct(), Is.EqualTo(new[] { "settings" }));
    }

    [Test]
    public void Lost_rows_are_counted_in_the_touched_tables()
    {
        ByHandContext.Change = b => b.Sql("UPDATE tags SET book = 1; DELETE FROM tags WHERE book = 1 AND id = 2");

        var failure = Assert.ThrowsAsync<ValidationFailedException>(() =>
            Manager(o =>
                {
                    Touched(o);
                    o.RehearseBeforeMigrate = RehearsalPolicy.Never;
                })
                .MigrateAsync()
        )!;

        Assert.That(failure.Reports.Single().Errors.Single().Kind, Is.EqualTo(ValidationErrorKind.LostRows));
        Assert.That(Count("tags"), Is.EqualTo(2));
    }

    [TestCase("PRAGMA writable_schema = ON; PRAGMA writable_schema = OFF", "PRAGMA writable_schema")]
    [TestCase("PRAGMA schema_version = 99", "PRAGMA schema_version")]
    [TestCase("PRAGMA incremental_vacuum", "PRAGMA incremental_vacuum")]
    public async Task Statements_that_touch_what_SQLite_does_not_tell_have_everything_checked(string sql, string reason)
    {
        Shop.Execute(Orphan);
        var log = new RecordedLog();

        var summary = await MigrateAsync(sql, log: log);

        AssertEverythingChecked(summary, log, reason);
    }

    [Test]
    public async Task A_vacuum_has_everything_checked()
    {
        Shop.Execute(Orphan);
        var log = new RecordedLog();
        ByHandContext.Change = b => b.Sql("VACUUM", suppressTransaction: true);

        AssertEverythingChecked(await Manager(Touched, log: log).MigrateAsync(), log, "VACUUM");
    }

    [Test]
    public async Task A_file_that_moves_its_pages_has_everything_checked()
    {
        Shop.Execute("PRAGMA auto_vacuum = FULL; PRAGMA journal_mode = DELETE; VACUUM;");
        Shop.Execute(Orphan);
        var log = new RecordedLog();

        AssertEverythingChecked(await MigrateAsync("UPDATE settings SET value = 'x'", log: log), log, "auto_vacuum");
    }

    [Test]
    public async Task Another_authorizer_on_the_connection_has_everything_checked()
    {
        Shop.Execute(Orphan);
        var log = new RecordedLog();
        var manager = Manager(
            Touched,
            c =>
                raw.sqlite3_set_authorizer(
                    ((SqliteConnection)c.Connection).Handle,
                    (delegate_authorizer)((_, _, _, _, _, _) => raw.SQLITE_OK),
                    null
                ),
            log
        );

        AssertEverythingChecked(await manager.MigrateAsync(), log, "another authorizer");
    }

    [Test]
    public async Task A_full_check_and_a_small_database_leave_nothing_out()
    {
        Shop.Execute(Orphan);

        ByHandContext.Change = b => b.Sql("UPDATE settings SET value = 'x'");
        var full = await Manager(o =>
            {
                Touched(o);
                o.CheckDepth = CheckDepth.Full;
            })
            .MigrateToVersionAsync(ByHandChange.Version);
        ByHandContext.Follow = b => b.Sql("UPDATE settings SET value = 'y'");
        var small = await Manager().MigrateAsync();

        foreach (var report in new[] { full.Reports.Single(), small.Reports.Single() })
        {
            Assert.That(report.CheckedTables, Is.Null);
            Assert.That(report.Warnings.Select(w => w.Table), Has.Member("loans"));
        }
    }

    private void AssertEverythingChecked(MigrationSummary summary, RecordedLog log, string reason)
    {
        Assert.That(summary.Reports.Single().CheckedTables, Is.Null);
        Assert.That(Damage(summary), Is.EqualTo(new[] { "loans" }));
        Assert.That(
            log.Lines.Where(line => line.Id.Id == MigratorEventIds.EverythingChecked).Select(line => line.Text),
            Has.Some.Contains(reason)
        );
    }

    private static string?[] Damage(MigrationSummary summary) =>
        [
            .. summary
                .Reports.Single()
                .Warnings.Where(warning => warning.Kind == ValidationWarningKind.ExistingDamage)
                .Select(warning => warning.Table),
        ];

    private static void Touched(MigrationOptions options) => options.CheckEverythingUpTo = 0;

    private Task<MigrationSummary> MigrateAsync(
        string sql,
        Action<MigrationOptions>? configure = null,
        RecordedLog? log = null
    )
    {
        ByHandContext.Change = b => b.Sql(sql);
        return Manager(
                o =>
                {
                    Touched(o);
                    configure?.Invoke(o);
                },
                log: log
            )
            .MigrateAsync();
    }

    private IMigrationManager Manager(
        Action<MigrationOptions> configure,
        Action<MigrationCodeContext>? code = null,
        RecordedLog? log = null
    ) =>
        Shop.Manager(
            configure,
            m =>
            {
                m.AddSqliteDatabase<ByHandContext>("shop", $"Data Source={Shop.PathOf("shop")}")
                    .AddRule(new OrphanRule("tags", "book", "books", "id"));
                if (code is not null)
                {
                    m.AddCode("shop", ByHandChange.Version, CodeMoment.After, _ => new Code(code));
                }
                if (log is not null)
                {
                    m.Services.AddLogging(logging => logging.AddProvider(log));
                }
            }
        );

    private static void Execute(MigrationCodeContext context, string sql)
    {
        using var command = context.Connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = context.Transaction;
        command.ExecuteNonQuery();
    }

    private sealed class Code(Action<MigrationCodeContext> run) : IMigrationCode
    {
        public string Name => "by hand";

        public Task RunAsync(MigrationCodeContext context, CancellationToken cancellationToken)
        {
            if (!context.IsReplay)
            {
                run(context);
            }
            return Task.CompletedTask;
        }
    }

    private sealed class NotingRule(string table, List<string> read)
        : QueryRule($"noting {table}", [new RuleTable(table, [])])
    {
        public override Task EvaluateAsync(RuleContext context)
        {
            read.Add(table);
            return Task.CompletedTask;
        }
    }
}
