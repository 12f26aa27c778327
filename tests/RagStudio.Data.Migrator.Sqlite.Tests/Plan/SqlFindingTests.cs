namespace RagStudio.Data.Migrator.Sqlite.Tests.Plan;

/// <summary>
/// The findings in a migration's own SQL and across several operations, and what then really happens.
/// </summary>
[NonParallelizable]
public sealed class SqlFindingTests : PlannedShopTest
{
    [TestCase("DROP TABLE order_lines", PlanFindingKind.DroppedTable, "order_lines", null, 5)]
    [TestCase("DROP TABLE IF EXISTS main.\"order_lines\"", PlanFindingKind.DroppedTable, "order_lines", null, 5)]
    [TestCase("ALTER TABLE orders DROP COLUMN customer", PlanFindingKind.DroppedColumn, "orders", "customer", 4)]
    [TestCase("DELETE FROM order_lines", PlanFindingKind.StatementWithoutWhere, "order_lines", null, 5)]
    [TestCase(
        "WITH x AS (SELECT 1) DELETE FROM order_lines",
        PlanFindingKind.StatementWithoutWhere,
        "order_lines",
        null,
        5
    )]
    public async Task Sql_that_destroys_is_refused_and_runs_with_consent(
        string sql,
        PlanFindingKind kind,
        string table,
        string? column,
        long rows
    )
    {
        var plan = await PlanAsync(PlannedRelease.Of(b => b.Sql(sql)));

        AssertFinding(plan, kind, table, column, rows, destructive: true);
        await AssertRefusedAsync(PlannedChange.Version);
        await RunAsync(allowDestructive: true);
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(5));
    }

    [TestCase("DELETE FROM order_lines WHERE id < 0")]
    [TestCase("REPLACE INTO order_lines (id, order_id) SELECT id, order_id FROM order_lines")]
    [TestCase("DELETE FROM temp.nothing WHERE 1; DROP TABLE IF EXISTS missing")]
    [TestCase("CREATE TABLE t (a); INSERT INTO t VALUES (1); DELETE FROM t; DROP TABLE t")]
    public async Task Sql_that_destroys_nothing_has_no_finding(string sql)
    {
        var plan = await PlanAsync(PlannedRelease.Of(b => b.Sql(sql)));

        Assert.That(plan.Findings, Is.Empty);
    }

    [Test]
    public async Task An_update_without_WHERE_tells_its_rows_and_needs_no_consent()
    {
        var plan = await PlanAsync(PlannedRelease.Of(b => b.Sql("UPDATE orders SET customer = upper(customer)")));

        AssertFinding(plan, PlanFindingKind.StatementWithoutWhere, "orders", null, rows: 5, destructive: false);
        await RunAsync();
        Assert.That(Shop.Scalar<string>(Orders), Is.EqualTo("- 1 1 X Y"));
    }

    [Test]
    public async Task A_migration_without_a_way_back_is_told()
    {
        var plan = await PlanAsync(PlannedRelease.Nothing with { Up = b => b.Sql("SELECT 1"), Down = _ => { } });

        AssertFinding(plan, PlanFindingKind.MissingDown, null, null, rows: 0, destructive: false);
    }

    [Test]
    public async Task A_table_is_asked_by_its_live_name_when_it_is_renamed_before()
    {
        var plan = await PlanAsync(
            PlannedRelease.Of(b =>
            {
                b.RenameTable("order_lines", newName: "items");
                b.RenameColumn("order_id", "items", "parent");
                b.Sql("ALTER TABLE items RENAME TO parts; ALTER TABLE parts DROP COLUMN id");
                b.DropTable("parts");
            })
        );

        Assert.That(
            plan.Findings.Select(f => (f.Kind, f.Table, f.Rows)),
            Is.EqualTo(
                new[] { (PlanFindingKind.DroppedColumn, "parts", 5L), (PlanFindingKind.DroppedTable, "parts", 5L) }
            )
        );
    }

    [Test]
    public async Task A_table_that_is_copied_by_hand_loses_nothing()
    {
        var plan = await PlanAsync(
            PlannedRelease.Of(b =>
                b.Sql(
                    """
                    CREATE TABLE new_lines (id INTEGER PRIMARY KEY AUTOINCREMENT, order_id INTEGER NOT NULL REFERENCES orders (id));
                    INSERT INTO new_lines (id, order_id) SELECT id, order_id FROM order_lines;
                    DROP TABLE order_lines;
                    ALTER TABLE new_lines RENAME TO order_lines;
                    """
                )
            )
        );

        Assert.That(plan.Findings, Is.Empty);
        await RunAsync(validate: false);
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM order_lines"), Is.EqualTo(5));
    }

    [Test]
    public async Task Nothing_is_destructive_on_a_new_database()
    {
        PlannedChange.Release = PlannedRelease.Of(b =>
        {
            b.Sql("DELETE FROM order_lines");
            b.DropTable("order_lines");
        });
        using var shop = new Shop();

        var plan = await shop.Manager<PlannedShopContext>().PlanAsync();

        Assert.That(plan.IsDestructive, Is.False);
        Assert.That(plan.Refusal, Is.Null);
        Assert.That(shop.Files(), Is.Empty);
        await shop.Manager<PlannedShopContext>(Unchecked).MigrateAsync();
    }

    private static void Unchecked(MigrationOptions options) => options.ValidateAfterMigration = false;
}
