namespace RagStudio.Data.Migrator.Sqlite.Tests.Plan;

/// <summary>
/// Every kind of finding on a real file with 5 orders, whose customers are NULL, '1', '1', 'x', 'y', and 5 lines; and what then really happens.
/// </summary>
[NonParallelizable]
public sealed class FindingTests : ShopTest
{
    private const string Orders =
        "SELECT group_concat(coalesce(customer, '-'), ' ') FROM (SELECT customer FROM orders ORDER BY id)";

    private static readonly (string, string, bool) Customer = ("customer", "TEXT", false);

    [SetUp]
    public async Task CreateOrdersAsync()
    {
        PlannedChange.Release = PlannedRelease.Nothing;
        await Shop.CreateFirstReleaseAsync(orders: 5);
        Shop.Execute(
            "UPDATE orders SET customer = CASE id WHEN 2 THEN '1' WHEN 3 THEN '1' WHEN 4 THEN 'x' WHEN 5 THEN 'y' END"
        );
    }

    [Test]
    public async Task A_healthy_additive_migration_has_no_finding_and_runs()
    {
        var plan = await PlanAsync(
            PlannedRelease.Of(b =>
            {
                b.CreateTable("invoices", t => new { id = t.Column<long>(), number = t.Column<string>() });
                b.AddColumn<string>("city", "orders", nullable: true);
                b.AddColumn<string>("state", "orders", nullable: false, defaultValue: "open");
                b.CreateIndex("ix", "orders", "customer");
                b.CreateIndex("unique", "invoices", "number", unique: true);
                b.Sql(
                    "UPDATE orders SET state = 'done' WHERE id = 1; INSERT INTO invoices (id, number) VALUES (1, 'a')"
                );
            })
        );

        Assert.That(plan.Findings, Is.Empty);
        Assert.That(plan.RebuildsTable, Is.False);
        await RunAsync();
    }

    [Test]
    public async Task A_dropped_table_is_refused_with_its_rows()
    {
        var plan = await PlanAsync(PlannedRelease.Of(b => b.DropTable("order_lines")));

        AssertFinding(plan, PlanFindingKind.DroppedTable, "order_lines", null, rows: 5, destructive: true);
        await AssertRefusedAsync("drops the table 'order_lines' with 5 rows");
        await RunAsync(allowDestructive: true);
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM sqlite_master WHERE name = 'order_lines'"), Is.Zero);
    }

    [Test]
    public async Task A_dropped_column_is_refused_with_its_values()
    {
        var plan = await PlanAsync(PlannedRelease.Of(b => b.DropColumn("customer", "orders")));

        AssertFinding(plan, PlanFindingKind.DroppedColumn, "orders", "customer", rows: 4, destructive: true);
        Assert.That(plan.RebuildsTable);
        await AssertRefusedAsync("drops the column 'customer' of 'orders' with 4 values");
        await RunAsync(allowDestructive: true);
        Assert.That(Shop.Column("SELECT name FROM pragma_table_info('orders')"), Is.EqualTo(new[] { "id" }));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(5));
    }

    [Test]
    public async Task A_column_without_values_needs_no_consent()
    {
        Shop.Execute("UPDATE orders SET customer = NULL");

        var plan = await PlanAsync(PlannedRelease.Of(b => b.DropColumn("customer", "orders")));

        Assert.That(plan.Findings, Is.Empty);
        await RunAsync();
    }

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
    public async Task A_new_column_that_takes_no_NULL_and_has_no_default_fails_as_foretold()
    {
        var plan = await PlanAsync(PlannedRelease.Of(b => b.AddColumn<string>("city", "orders", nullable: false)));

        AssertFinding(plan, PlanFindingKind.NotNullWithoutDefault, "orders", "city", rows: 5, destructive: false);
        await AssertFailsAsync("NOT NULL column");
        Shop.Execute("DELETE FROM orders");
        Assert.That((await PlanAsync(PlannedChange.Release)).Findings, Is.Empty, "an empty table takes it");
        await RunAsync();
    }

    [Test]
    public async Task A_column_that_takes_no_NULL_any_more_fails_as_foretold()
    {
        var plan = await PlanAsync(
            PlannedRelease.Of(
                b => b.AlterColumn<string>("customer", "orders", nullable: false, oldNullable: true),
                ("customer", "TEXT", true)
            )
        );

        AssertFinding(plan, PlanFindingKind.NotNullWithoutDefault, "orders", "customer", rows: 1, destructive: false);
        await AssertFailsAsync("NOT NULL constraint failed");
    }

    [Test]
    public async Task A_default_takes_the_place_of_NULL()
    {
        var plan = await PlanAsync(
            PlannedRelease.Of(
                b => b.AlterColumn<string>("customer", "orders", nullable: false, oldNullable: true, defaultValue: "?"),
                ("customer", "TEXT", true)
            )
        );

        Assert.That(plan.Findings, Is.Empty);
        await RunAsync();
        Assert.That(Shop.Scalar<string>(Orders), Is.EqualTo("? 1 1 x y"));
    }

    [Test]
    public async Task A_unique_index_fails_as_foretold_by_its_duplicates()
    {
        var plan = await PlanAsync(
            PlannedRelease.Of(b => b.CreateIndex("ix", "orders", "customer", unique: true), Customer)
        );

        AssertFinding(plan, PlanFindingKind.UniqueViolation, "orders", "customer", rows: 1, destructive: false);
        await AssertFailsAsync("UNIQUE constraint failed");
        Shop.Execute("UPDATE orders SET customer = '2' WHERE id = 3");
        Assert.That((await PlanAsync(PlannedChange.Release)).Findings, Is.Empty);
        await RunAsync();
    }

    [Test]
    public async Task A_unique_index_over_a_part_of_the_rows_counts_that_part()
    {
        var plan = await PlanAsync(
            PlannedRelease.Of(
                b => b.CreateIndex("ix", "orders", "customer", unique: true, filter: "\"id\" > 2"),
                Customer
            )
        );

        Assert.That(plan.Findings, Is.Empty);
        await RunAsync();
    }

    [Test]
    public async Task A_question_that_cannot_be_asked_is_told_and_stops_nothing()
    {
        var plan = await PlanAsync(
            PlannedRelease.Of(
                b => b.CreateIndex("ix", "orders", "customer", unique: true, filter: "ours(id) > 2"),
                Customer
            )
        );

        AssertFinding(plan, PlanFindingKind.UniqueViolation, "orders", "customer", rows: 0, destructive: false);
        Assert.That(plan.Findings[0].Detail, Does.Contain("could not be counted").And.Contain("ours"));
    }

    [Test]
    public async Task A_type_that_does_not_fit_every_value_needs_consent()
    {
        var plan = await PlanAsync(
            PlannedRelease.Of(
                b =>
                    b.AlterColumn<long>(
                        "customer",
                        "orders",
                        type: "INTEGER",
                        nullable: true,
                        oldType: "TEXT",
                        oldNullable: true
                    ),
                ("customer", "INTEGER", false)
            )
        );

        AssertFinding(plan, PlanFindingKind.NarrowingChange, "orders", "customer", rows: 2, destructive: true);
        await AssertRefusedAsync("does not fit 2 values");
        await RunAsync(allowDestructive: true);
        Assert.That(
            Shop.Column("SELECT typeof(customer) FROM orders ORDER BY id"),
            Is.EqualTo(new[] { "null", "integer", "integer", "text", "text" })
        );
    }

    [Test]
    public async Task A_trigger_is_lost_with_its_rebuilt_table_as_foretold()
    {
        Shop.Execute("CREATE TRIGGER stamp AFTER INSERT ON orders BEGIN SELECT 1; END");

        var plan = await PlanAsync(Rebuild());

        AssertFinding(plan, PlanFindingKind.LostTrigger, "orders", null, rows: 0, destructive: false);
        Assert.That(plan.Findings[0].Detail, Does.Contain("'stamp'"));
        await RunAsync(validate: false);
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"), Is.Zero);
    }

    [TestCase(
        "CREATE VIEW open_orders AS SELECT customer FROM orders",
        PlanFindingKind.BrokenView,
        "error in view open_orders"
    )]
    [TestCase(
        "CREATE TRIGGER tidy AFTER DELETE ON order_lines BEGIN DELETE FROM orders WHERE id = old.order_id; END",
        PlanFindingKind.BrokenTrigger,
        "error in trigger tidy"
    )]
    public async Task A_view_or_trigger_that_mentions_a_rebuilt_table_makes_it_fail_as_foretold(
        string sql,
        PlanFindingKind kind,
        string failure
    )
    {
        Shop.Execute(sql);

        var plan = await PlanAsync(Rebuild());

        AssertFinding(plan, kind, "orders", null, rows: 0, destructive: false);
        await AssertFailsAsync(failure);
    }

    [Test]
    public async Task A_view_that_is_dropped_before_stands_in_no_way()
    {
        Shop.Execute("CREATE VIEW open_orders AS SELECT customer FROM orders");
        var rebuild = Rebuild();

        var plan = await PlanAsync(
            rebuild with
            {
                Up = b =>
                {
                    rebuild.Up(b);
                    b.Sql("DROP VIEW open_orders");
                },
            }
        );

        Assert.That(plan.Findings, Is.Empty);
        await RunAsync(validate: false);
    }

    [Test]
    public async Task A_view_on_a_dropped_table_is_told()
    {
        Shop.Execute("CREATE VIEW all_lines AS SELECT id FROM order_lines; DELETE FROM order_lines");

        var plan = await PlanAsync(PlannedRelease.Of(b => b.DropTable("order_lines")));

        AssertFinding(plan, PlanFindingKind.BrokenView, "order_lines", null, rows: 0, destructive: false);
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

    private static PlannedRelease Rebuild() =>
        PlannedRelease.Of(
            b => b.AlterColumn<string>("customer", "orders", nullable: false, oldNullable: true, defaultValue: "?"),
            ("customer", "TEXT", true)
        );

    /// <summary>Reads the plan of the one pending migration, and proves that nothing was written for it.</summary>
    private async Task<PlannedMigration> PlanAsync(PlannedRelease release)
    {
        PlannedChange.Release = release;
        var before = Shop.Files();
        var plan = await Shop.Manager<PlannedShopContext>().PlanAsync();
        Assert.That(Shop.Files(), Is.EqualTo(before));
        var migration = plan.Databases.Single().Migrations.Single();
        Assert.That(migration.Version, Is.EqualTo(PlannedChange.Version));
        Assert.That(plan.Refusal is not null, Is.EqualTo(migration.Destructive));
        return migration;
    }

    private static void AssertFinding(
        PlannedMigration plan,
        PlanFindingKind kind,
        string? table,
        string? column,
        long rows,
        bool destructive
    )
    {
        var found = plan.Findings.Select(f => (f.Kind, f.Table, f.Column, f.Rows, f.IsDestructive));
        Assert.That(found, Is.EqualTo(new[] { (kind, table, column, rows, destructive) }));
        Assert.That(plan.Destructive, Is.EqualTo(destructive));
    }

    private async Task AssertRefusedAsync(string reason)
    {
        var before = Shop.Dump();
        var refusal = Assert.ThrowsAsync<PlanRefusedException>(() => Shop.Manager<PlannedShopContext>().MigrateAsync());
        Assert.That(refusal!.Message, Does.Contain(reason));
        Assert.That(refusal.Versions, Is.EqualTo(new[] { PlannedChange.Version }));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
        Assert.That(await Shop.Manager<PlannedShopContext>().ListBackupsAsync(), Is.Empty);
    }

    private async Task AssertFailsAsync(string reason)
    {
        var before = Shop.Dump();
        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => RunAsync());
        Assert.That(failure!.Message, Does.Contain(reason));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
        await Task.CompletedTask;
    }

    private async Task RunAsync(bool allowDestructive = false, bool validate = true)
    {
        var summary = await Shop.Manager<PlannedShopContext>(options =>
            {
                options.AllowDestructive = allowDestructive;
                options.ValidateAfterMigration = validate;
            })
            .MigrateAsync();
        Assert.That(summary.Databases.Single().Migrations, Has.Count.EqualTo(1));
    }

    private static void Unchecked(MigrationOptions options) => options.ValidateAfterMigration = false;
}
