namespace RagStudio.Data.Migrator.Sqlite.Tests.Plan;

/// <summary>Every kind of finding that operations on tables and columns cause, and what then really happens.</summary>
[NonParallelizable]
public sealed class FindingTests : PlannedShopTest
{
    private static readonly (string, string, bool) Customer = ("customer", "TEXT", false);

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
}
