namespace RagStudio.Data.Migrator.Sqlite.Tests.Plan;

/// <summary>The effects of copying a table on triggers and views, and the findings that predict them.</summary>
[NonParallelizable]
public sealed class RebuildFindingTests : PlannedShopTest
{
    [Test]
    public async Task A_trigger_of_a_rebuilt_table_is_created_again_as_foretold()
    {
        Shop.Execute("CREATE TRIGGER stamp AFTER INSERT ON orders BEGIN SELECT 1; END");

        var plan = await PlanAsync(Rebuild());

        AssertFinding(plan, PlanFindingKind.LostTrigger, "orders", null, rows: 0, destructive: false);
        Assert.That(plan.Findings[0].Detail, Does.Contain("'stamp'").And.Contain("is created again"));
        await RunAsync(validate: false);
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"), Is.EqualTo(1));
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

    private static PlannedRelease Rebuild() =>
        PlannedRelease.Of(
            b => b.AlterColumn<string>("customer", "orders", nullable: false, oldNullable: true, defaultValue: "?"),
            ("customer", "TEXT", true)
        );
}
