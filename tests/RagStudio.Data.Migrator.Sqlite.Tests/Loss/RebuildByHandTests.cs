namespace RagStudio.Data.Migrator.Sqlite.Tests.Loss;

/// <summary>The usual ways to change a table by hand: none of them loses a row, and none needs consent.</summary>
public sealed class RebuildByHandTests : ByHandTest
{
    private const string RenameFirst = """
        ALTER TABLE t RENAME TO "old t";
        CREATE TABLE t (Id INTEGER PRIMARY KEY, Name TEXT);
        INSERT INTO t (Id, Name) SELECT Id, Name FROM "old t";
        DROP TABLE "old t";
        """;

    private const string CopyFirst = """
        CREATE TABLE k AS SELECT * FROM t;
        DROP TABLE t;
        CREATE TABLE t (Id INTEGER PRIMARY KEY, Name TEXT, Uid INTEGER NOT NULL);
        INSERT INTO t (Id, Name, Uid) SELECT Id, Name, 1 FROM k;
        DROP TABLE k;
        """;

    private const string NewFirst = """
        CREATE TABLE new_t (Id INTEGER PRIMARY KEY, Name TEXT);
        INSERT INTO new_t SELECT Id, Name FROM (SELECT * FROM t);
        DROP TABLE t;
        ALTER TABLE new_t RENAME TO T;
        """;

    private const string AsSelect = """
        CREATE TABLE k AS SELECT Id, Name FROM t;
        DROP TABLE main.[t];
        ALTER TABLE k RENAME TO t;
        """;

    private const string Refilled = """
        CREATE TABLE k AS SELECT * FROM t;
        DELETE FROM t;
        INSERT INTO t SELECT * FROM k ORDER BY Name;
        DROP TABLE k;
        """;

    private const string Swapped = """
        ALTER TABLE t RENAME TO a; ALTER TABLE u RENAME TO t; ALTER TABLE a RENAME TO u;
        """;

    private const string Undone = """
        SAVEPOINT s; ALTER TABLE t RENAME TO gone; ROLLBACK TO s; RELEASE s;
        """;

    private const string Temporary = """
        CREATE TEMP TABLE t AS SELECT * FROM main.t; DROP TABLE t; EXPLAIN DROP TABLE t;
        """;

    /// <summary>https://sqlite.org/faq.html#q11 as it read for years.</summary>
    private const string TemporaryCopy = """
        CREATE TEMPORARY TABLE backup (Id, Name);
        INSERT INTO backup SELECT Id, Name FROM t;
        DROP TABLE t;
        CREATE TABLE t (Id INTEGER PRIMARY KEY, Name TEXT);
        INSERT INTO t SELECT Id, Name FROM backup;
        DROP TABLE backup;
        """;

    [SetUp]
    public Task CreateRowsAsync() =>
        CreateAsync(
            "CREATE TABLE t (Id INTEGER PRIMARY KEY, Name TEXT, Old TEXT); CREATE TABLE u (Id TEXT PRIMARY KEY) WITHOUT ROWID",
            "INSERT INTO t VALUES (1, 'a', 'x'), (2, 'b', 'y'), (3, 'c', 'z'); INSERT INTO u VALUES ('p'), ('q')"
        );

    [TestCase(RenameFirst, TestName = "A_table_that_is_renamed_and_copied_back_keeps_its_rows")]
    [TestCase(CopyFirst, TestName = "A_table_that_is_copied_away_and_back_keeps_its_rows")]
    [TestCase(NewFirst, TestName = "A_copy_that_takes_the_name_in_another_case_keeps_the_rows")]
    [TestCase(AsSelect, TestName = "A_copy_made_by_AS_SELECT_keeps_the_rows")]
    [TestCase(Refilled, TestName = "A_table_that_is_emptied_and_refilled_keeps_its_rows")]
    [TestCase(TemporaryCopy, TestName = "A_table_that_is_kept_in_a_temporary_one_meanwhile_keeps_its_rows")]
    [TestCase(Undone, TestName = "What_a_savepoint_takes_back_is_no_loss")]
    [TestCase(Temporary, TestName = "A_temporary_table_of_the_same_name_is_another_one")]
    [TestCase("PRAGMA foreign_keys = 0;" + RenameFirst, TestName = "A_whole_script_that_renames_first_keeps_the_rows")]
    public async Task Rows_survive(string sql)
    {
        var summary = await ChangeAsync(b => b.Sql(sql));

        Assert.That(summary.Success);
        Assert.That(
            Shop.Scalar<string>("SELECT group_concat(Name) FROM (SELECT Name FROM t ORDER BY Id)"),
            Is.EqualTo("a,b,c")
        );
    }

    [Test]
    public async Task Tables_that_swap_their_names_keep_their_rows()
    {
        await ChangeAsync(b => b.Sql(Swapped));

        Assert.That((Count("t"), Count("u")), Is.EqualTo((2, 3)));
    }

    [Test]
    public async Task A_table_that_is_renamed_by_sql_has_its_rows_under_the_new_name()
    {
        ByHandContext.Follow = b => b.Sql("ALTER TABLE dishes RENAME TO meals");
        ByHandContext.ChangeBack = b => b.Sql("ALTER TABLE dishes RENAME TO t");

        await ChangeAsync(b => b.Sql("ALTER TABLE t RENAME TO dishes;"));

        Assert.That(Count("meals"), Is.EqualTo(3));
    }

    [Test]
    public async Task A_name_that_changes_its_case_only_fails_in_SQLite_and_the_plan_says_so_beforehand()
    {
        ByHandContext.Change = b => b.RenameTable("t", newName: "T");

        var plan = await Manager().PlanAsync();
        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => Manager().MigrateAsync())!;

        var finding = plan.Databases.Single().Migrations[0].Findings.Single(f => f.Kind == PlanFindingKind.NameTaken);
        Assert.That(finding.Detail, Does.Contain("renames 't' to 'T'").And.Contain("a third name"));
        Assert.That(failure.DataState, Is.EqualTo(DataState.Restored));
        Assert.That(Count("t"), Is.EqualTo(3));
    }

    [Test]
    public async Task A_name_that_changes_its_case_by_a_third_name_keeps_the_rows()
    {
        await ChangeAsync(b =>
        {
            b.RenameTable("t", newName: "t_");
            b.RenameTable("t_", newName: "T");
            b.RenameColumn("Name", "T", "name");
        });

        Assert.That(Shop.Column("SELECT name FROM T"), Is.EqualTo(new[] { "a", "b", "c" }));
    }

    [Test]
    public async Task A_rollback_that_renames_by_sql_keeps_the_rows()
    {
        ByHandContext.ChangeBack = b => b.Sql("ALTER TABLE dishes RENAME TO t; DROP TABLE made");
        await ChangeAsync(b => b.Sql("ALTER TABLE t RENAME TO dishes; CREATE TABLE made (x)"));
        Shop.Execute("INSERT INTO made VALUES (1)");

        await Manager().RollbackToVersionAsync(ByHandCreate.Version);

        Assert.That(Count("t"), Is.EqualTo(3));
    }

    [Test]
    public async Task A_rebuild_that_is_spread_over_two_migrations_keeps_the_rows()
    {
        ByHandContext.Follow = b => b.Sql("DROP TABLE old_t");

        await ChangeAsync(b => b.Sql("ALTER TABLE t RENAME TO old_t; CREATE TABLE t AS SELECT Id, Name FROM old_t"));

        Assert.That(Count("t"), Is.EqualTo(3));
    }

    [Test]
    public async Task A_copy_that_forgets_rows_is_found_before_the_database_is_touched()
    {
        var message = await AssertRehearsalFailsAsync(b =>
            b.Sql(RenameFirst.Replace("\"old t\";\nDROP", "\"old t\" WHERE Id > 1;\nDROP"))
        );

        Assert.That(
            message,
            Does.Contain("'t' has lost 1 row(s)")
                .And.Contain(ByHandChange.Version)
                .And.Contain("[RemovesRows(\"t\", AtMost = 1)]")
                .And.Contain($"--allow-destructive \"{ByHandChange.Version}/t\"")
        );
    }

    [Test]
    public async Task A_copy_that_forgets_rows_runs_where_somebody_agreed_to_that_table_in_that_migration()
    {
        await ChangeAsync(
            b => b.Sql(RenameFirst.Replace("\"old t\";\nDROP", "\"old t\" WHERE Id > 1;\nDROP")),
            options => options.DestructiveConsents["Change/T"] = "row 1 is a test"
        );

        Assert.That(Count("t"), Is.EqualTo(2));
        var record = (await Manager().GetHistoryAsync()).Single(r => r.Version == ByHandChange.Version);
        Assert.That(record.Detail, Is.EqualTo("Allowed to lose data: T: row 1 is a test."));
    }

    [TestCase("DROP TABLE t; CREATE TABLE t (Id INTEGER PRIMARY KEY)")]
    [TestCase("CREATE TABLE k AS SELECT * FROM u; DROP TABLE t; ALTER TABLE k RENAME TO t")]
    public async Task A_table_that_is_made_anew_without_its_rows_is_refused(string sql)
    {
        var refusal = await AssertRefusedAsync(b => b.Sql(sql));

        Assert.That(refusal.Message, Does.Contain("drops the table 't' with 3 rows"));
    }

    [Test]
    public async Task Another_table_with_rows_of_its_own_is_no_successor()
    {
        var message = await AssertRefusedAsync(b => b.Sql("DROP TABLE t; ALTER TABLE u RENAME TO t"));
        Assert.That(message.Message, Does.Contain("drops the table 't' with 3 rows"));

        await ChangeAsync(
            b => b.Sql("DROP TABLE t; ALTER TABLE u RENAME TO t"),
            options => options.DestructiveConsents[ByHandChange.Version] = "old"
        );

        Assert.That(Count("t"), Is.EqualTo(2));
    }
}
