namespace RagStudio.Data.Migrator.Sqlite.Tests.Plan;

/// <summary>Failures in SQLite that the plan predicts.</summary>
[NonParallelizable]
public sealed class ForetoldFailureTests : PlannedShopTest
{
    [TestCase("CURRENT_TIMESTAMP")]
    [TestCase("datetime('now')")]
    [TestCase("1 + 1")]
    public async Task A_default_that_is_no_constant_fails_over_rows_as_foretold(string sql)
    {
        var plan = await PlanAsync(PlannedRelease.Of(b => AddWithDefault(b, sql)));

        AssertFinding(plan, PlanFindingKind.DefaultNotConstant, "orders", "at", rows: 5, destructive: false);
        Assert.That(plan.Findings[0].Detail, Does.Contain("but the table has 5 rows: it will fail"));
        await AssertFailsAsync("non-constant default");
        Shop.Execute("DELETE FROM orders");
        Assert.That((await PlanAsync(PlannedChange.Release)).Findings, Is.Empty, "an empty table takes it");
        await RunAsync(validate: false);
    }

    [TestCase("0")]
    [TestCase("-1.5")]
    [TestCase("'none'")]
    [TestCase("(NULL)")]
    public async Task A_constant_in_SQL_is_taken_over_rows(string sql)
    {
        Assert.That((await PlanAsync(PlannedRelease.Of(b => AddWithDefault(b, sql)))).Findings, Is.Empty);
        await RunAsync(validate: false);
    }

    [Test]
    public async Task A_rebuild_in_the_same_migration_takes_no_default_that_is_no_constant_either()
    {
        Shop.Execute("UPDATE orders SET customer = NULL");
        var plan = await PlanAsync(
            PlannedRelease.Of(
                b =>
                {
                    AddWithDefault(b, "CURRENT_TIMESTAMP");
                    b.DropColumn("customer", "orders");
                },
                ("at", "TEXT", false)
            )
        );

        AssertFinding(plan, PlanFindingKind.DefaultNotConstant, "orders", "at", rows: 5, destructive: false);
        await AssertFailsAsync("non-constant default");
    }

    [Test]
    public async Task A_table_that_is_there_already_fails_as_foretold()
    {
        var plan = await PlanAsync(PlannedRelease.Of(b => b.CreateTable("Orders", t => new { id = t.Column<long>() })));

        AssertFinding(plan, PlanFindingKind.NameTaken, "orders", null, rows: 0, destructive: false);
        await AssertFailsAsync("already exists");
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_column_that_is_there_already_fails_and_is_refused_where_a_rebuild_would_lose_its_values(
        bool isRebuild
    )
    {
        Shop.Execute("ALTER TABLE orders ADD COLUMN Note TEXT; UPDATE orders SET Note = 'kept'");
        var plan = await PlanAsync(
            PlannedRelease.Of(
                b =>
                {
                    b.AddColumn<string>("note", "orders", nullable: true);
                    if (isRebuild)
                    {
                        b.DropColumn("customer", "orders");
                    }
                },
                ("note", "TEXT", false)
            ),
            isPresent: isRebuild
        );

        Assert.That(plan.Findings[0].Kind, Is.EqualTo(PlanFindingKind.NameTaken));
        Assert.That(plan.Findings[0].Detail, Does.Contain("adds the column 'note' to 'orders', which already has it"));
        await (
            isRebuild
                ? AssertRefusedAsync("already has orders.note, which")
                : AssertFailsAsync("duplicate column name: note")
        );
        Assert.That(Shop.Column("SELECT DISTINCT Note FROM orders"), Is.EqualTo(new[] { "kept" }));
    }

    [Test]
    public async Task An_index_that_is_there_already_fails_as_foretold()
    {
        Shop.Execute("CREATE INDEX mine ON order_lines (order_id)");
        var plan = await PlanAsync(PlannedRelease.Of(b => b.CreateIndex("Mine", "orders", "customer")));

        AssertFinding(plan, PlanFindingKind.NameTaken, "orders", null, rows: 0, destructive: false);
        Assert.That(plan.Findings[0].Detail, Does.Contain("'Mine'"));
        await AssertFailsAsync("already exists");
    }

    [Test]
    public async Task The_name_of_a_view_is_taken_for_a_table_and_for_an_index_as_foretold()
    {
        Shop.Execute("CREATE VIEW taken AS SELECT 1 AS one");
        var table = await PlanAsync(PlannedRelease.Of(b => b.CreateTable("Taken", t => new { id = t.Column<long>() })));

        AssertFinding(table, PlanFindingKind.NameTaken, "Taken", null, rows: 0, destructive: false);
        Assert.That(table.Findings[0].Detail, Does.Contain("a view already has that name"));
        await AssertFailsAsync("already exists");

        var index = await PlanAsync(PlannedRelease.Of(b => b.CreateIndex("taken", "orders", "customer")));

        AssertFinding(index, PlanFindingKind.NameTaken, "orders", null, rows: 0, destructive: false);
        await AssertFailsAsync("already a table named taken");
    }

    [Test]
    public async Task A_table_that_gets_the_name_of_a_view_fails_as_foretold()
    {
        Shop.Execute("CREATE VIEW taken AS SELECT 1 AS one");
        var plan = await PlanAsync(PlannedRelease.Of(b => b.RenameTable("orders", newName: "taken")));

        AssertFinding(plan, PlanFindingKind.NameTaken, "orders", null, rows: 0, destructive: false);
        await AssertFailsAsync("already another table or index with this name");
    }

    [Test]
    public async Task A_name_that_a_migration_makes_free_first_is_not_taken()
    {
        Shop.Execute("CREATE INDEX a ON orders (id); CREATE INDEX b ON orders (id); CREATE INDEX c ON orders (id)");
        var plan = await PlanAsync(
            PlannedRelease.Of(b =>
            {
                b.DropIndex("a");
                b.Sql("DROP INDEX \"b\"");
                b.RenameTable("order_lines", newName: "lines");
                b.CreateIndex("a", "orders", "customer");
                b.CreateIndex("b", "orders", "customer");
                b.CreateTable("order_lines", t => new { id = t.Column<long>() });
            })
        );

        Assert.That(plan.Findings, Is.Empty);
        await RunAsync(validate: false);
    }

    [TestCase("TEXT DEFAULT CURRENT_TIMESTAMP", PlanFindingKind.DefaultNotConstant, "non-constant default")]
    [TestCase("DEFAULT (datetime('now'))", PlanFindingKind.DefaultNotConstant, "non-constant default")]
    [TestCase("TEXT NOT NULL", PlanFindingKind.NotNullWithoutDefault, "NOT NULL column with default value NULL")]
    [TestCase("TEXT NOT NULL DEFAULT (NULL)", PlanFindingKind.NotNullWithoutDefault, "default value NULL")]
    public async Task A_column_that_SQL_adds_over_rows_fails_as_foretold(
        string definition,
        PlanFindingKind kind,
        string reason
    )
    {
        var release = PlannedRelease.Of(b => b.Sql($"ALTER TABLE orders ADD COLUMN at {definition}"));
        var plan = await PlanAsync(release);

        AssertFinding(plan, kind, "orders", "at", rows: 5, destructive: false);
        await AssertFailsAsync(reason);
        Shop.Execute("DELETE FROM orders");
        Assert.That((await PlanAsync(release)).Findings, Is.Empty, "an empty table takes it");
        await RunAsync(validate: false);
    }

    [TestCase("TEXT NOT NULL DEFAULT ''")]
    [TestCase("INTEGER DEFAULT -1 NOT NULL")]
    [TestCase("BOOLEAN NOT NULL DEFAULT TRUE")]
    [TestCase("TEXT DEFAULT none NOT NULL")]
    [TestCase("INTEGER REFERENCES orders ON DELETE SET DEFAULT")]
    [TestCase("INTEGER NOT NULL GENERATED ALWAYS AS (id + 1)")]
    [TestCase("TEXT CHECK (at NOT NULL OR 1)")]
    public async Task A_column_that_SQL_adds_over_rows_succeeds_as_foretold(string definition)
    {
        var plan = await PlanAsync(PlannedRelease.Of(b => b.Sql($"ALTER TABLE orders ADD COLUMN at {definition}")));

        Assert.That(plan.Findings, Is.Empty);
        await RunAsync(validate: false);
    }

    [TestCase("CREATE TABLE Orders (id)", "'orders', which already exists")]
    [TestCase("CREATE TABLE taken (id)", "a view already has that name")]
    [TestCase("CREATE VIEW Orders AS SELECT 1", "the view 'Orders'")]
    [TestCase("CREATE VIEW taken AS SELECT 1", "the view 'taken'")]
    [TestCase("CREATE INDEX mine ON orders (customer)", "the index 'mine'")]
    [TestCase("CREATE UNIQUE INDEX orders ON order_lines (id)", "the index 'orders'")]
    [TestCase("CREATE INDEX taken ON orders (id)", "the index 'taken'")]
    public async Task A_name_that_is_taken_fails_in_SQL_as_foretold(string sql, string detail)
    {
        Shop.Execute("CREATE VIEW taken AS SELECT 1 AS one; CREATE INDEX mine ON order_lines (order_id)");
        var plan = await PlanAsync(PlannedRelease.Of(b => b.Sql(sql)));

        Assert.That(plan.Findings.Select(finding => finding.Kind), Is.EqualTo(new[] { PlanFindingKind.NameTaken }));
        Assert.That(plan.Findings[0].Detail, Does.Contain(detail).And.EndWith("it will fail"));
        await AssertFailsAsync("already");
    }

    [TestCase("CREATE TABLE IF NOT EXISTS orders (id); CREATE VIEW IF NOT EXISTS taken AS SELECT 2")]
    [TestCase("CREATE INDEX IF NOT EXISTS mine ON order_lines (order_id)")]
    [TestCase("DROP VIEW taken; CREATE TABLE taken (id)")]
    [TestCase("DROP INDEX mine; CREATE INDEX mine ON orders (id)")]
    [TestCase("CREATE TEMP TABLE orders (id); CREATE INDEX temp.mine ON orders (id); DROP TABLE orders")]
    [TestCase("CREATE TEMP TABLE scratch (id); CREATE TABLE main.scratch (id); DROP TABLE temp.scratch")]
    public async Task A_name_that_SQL_may_use_succeeds_as_foretold(string sql)
    {
        Shop.Execute("CREATE VIEW taken AS SELECT 1 AS one; CREATE INDEX mine ON order_lines (order_id)");
        var plan = await PlanAsync(PlannedRelease.Of(b => b.Sql(sql)));

        Assert.That(plan.Findings, Is.Empty);
        await RunAsync(validate: false);
    }

    [Test]
    public async Task A_rollback_is_planned_with_the_rows_and_values_that_go()
    {
        await PlanAsync(
            PlannedRelease.Of(b => b.AddColumn<string>("city", "orders", nullable: true)) with
            {
                Down = b => b.DropColumn("city", "orders"),
            }
        );
        await RunAsync(validate: false);
        Shop.Execute("UPDATE orders SET city = 'here' WHERE id < 4");

        var plan = await Shop.Manager<PlannedShopContext>().PlanRollbackAsync("0");

        var migrations = plan.Databases.Single().Migrations;
        Assert.That(migrations.Select(m => m.Version), Is.EqualTo(plan.Databases[0].Versions));
        Assert.That(
            migrations.SelectMany(m => m.Findings).Select(f => (f.Kind, f.Table, f.Column, f.Rows, f.IsDestructive)),
            Is.SupersetOf(
                new[]
                {
                    (PlanFindingKind.DroppedColumn, "orders", "city", 3L, true),
                    (PlanFindingKind.DroppedTable, "order_lines", null, 5L, true),
                    (PlanFindingKind.DroppedTable, "orders", null, 5L, true),
                }
            )
        );
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(5), "nothing was changed");
    }

    private static void AddWithDefault(Microsoft.EntityFrameworkCore.Migrations.MigrationBuilder builder, string sql) =>
        builder.AddColumn<string>("at", "orders", nullable: true, defaultValueSql: sql);
}
