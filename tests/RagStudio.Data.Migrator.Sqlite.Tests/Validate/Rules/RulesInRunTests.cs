namespace RagStudio.Data.Migrator.Sqlite.Tests.Validate.Rules;

public sealed class RulesInRunTests : ShopTest
{
    private static readonly SequenceRule Numbers = new("orders", "id");

    [Test]
    public async Task Migrate_reports_damage_that_was_there_before_as_a_warning_with_its_count()
    {
        await Shop.CreateFirstReleaseAsync(orders: 9);
        Shop.Execute("DELETE FROM orders WHERE id IN (2, 5)");

        var summary = await Manager<ShopContext>(Numbers).MigrateAsync();

        var report = summary.Reports.Single();
        Assert.Multiple(() =>
        {
            Assert.That(report.ErrorCount, Is.Zero);
            Assert.That(
                report.Warnings.Where(w => w.Kind == ValidationWarningKind.ExistingDamage).Select(w => w.Detail),
                Is.EqualTo(
                    new[]
                    {
                        "2 error(s) of 'sequence of orders.id' that this run did not cause, such as: row 3 of 'orders' has id 3, and 2 is not there",
                    }
                )
            );
            Assert.That(Shop.Scalar<string>("SELECT customer FROM orders WHERE id = 3"), Is.EqualTo("customer 3"));
        });
    }

    [Test]
    public async Task Migrate_that_breaks_a_rule_fails_with_only_the_new_damage_and_leaves_the_database_as_it_was()
    {
        await Shop.CreateFirstReleaseAsync(orders: 9);
        Shop.Execute("DELETE FROM orders WHERE id = 5");
        var before = Shop.Dump();
        var rule = new SqlRule(
            "spaces",
            [new RuleTable("orders", ["customer"])],
            "SELECT id, 'no space in front' FROM orders WHERE customer NOT LIKE ' %'"
        );

        var failure = Assert.ThrowsAsync<ValidationFailedException>(() =>
            Manager<ShopContext>(Numbers, rule).MigrateAsync()
        );

        var report = failure!.Reports.Single();
        Assert.Multiple(() =>
        {
            Assert.That(report.ErrorCount, Is.EqualTo(8));
            Assert.That(report.Errors.Select(e => e.Detail), Is.All.EqualTo("no space in front"));
            Assert.That(Shop.Dump(), Is.EqualTo(before));
        });
    }

    [Test]
    public async Task Migrate_does_not_fail_for_old_rows_that_break_a_rule_which_reads_what_the_run_has_only_now_made()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        var rule = new SqlRule(
            "notes",
            [new RuleTable("orders", ["id", "note"])],
            "SELECT id, 'has no note' FROM orders WHERE note IS NULL"
        );

        var summary = await Manager<NotedShopContext>(rule).MigrateAsync();

        Assert.Multiple(() =>
        {
            Assert.That(summary.Reports.Single().ErrorCount, Is.Zero);
            Assert.That(
                summary.Reports.Single().Warnings.Select(w => w.Detail),
                Has.Some.StartsWith("3 error(s) of 'notes'")
            );
        });
    }

    [Test]
    public void Migrate_fails_for_rows_that_its_own_migrations_put_into_a_new_table()
    {
        var rule = new SqlRule(
            "notes",
            [new RuleTable("orders", ["id", "note"])],
            "SELECT id, 'has no note' FROM orders"
        );

        var failure = Assert.ThrowsAsync<ValidationFailedException>(() =>
            Manager<NotedShopContext>(rule).MigrateAsync()
        );

        Assert.That(failure!.Reports.Single().Errors.Select(e => e.Id), Is.EqualTo(new[] { "77" }));
    }

    private IMigrationManager Manager<TContext>(params IReadOnlyList<ValidationRule> rules)
        where TContext : Microsoft.EntityFrameworkCore.DbContext =>
        Shop.Manager(
            null,
            migrator =>
            {
                migrator.AddSqliteDatabase<TContext>("shop", $"Data Source={Shop.PathOf("shop")}");
                foreach (var rule in rules)
                {
                    migrator.AddRule(rule);
                }
            }
        );

    [Test]
    public async Task A_run_that_is_cancelled_within_a_rule_can_still_restore_and_record()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var before = Shop.Dump();
        // Its column does not exist before the run, so it is evaluated only after the migrations.
        var endless = new SqlRule(
            "endless",
            [new RuleTable("orders", ["note"])],
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, 'x' FROM n WHERE i < 0"
        );
        using var source = new CancellationTokenSource();
        var manager = Manager<DeletingDownContext>(endless);

        Assert.CatchAsync<OperationCanceledException>(() =>
            manager.MigrateAsync(new CancelAt(source, "endless"), source.Token)
        );

        Assert.That(Shop.Dump(), Is.EqualTo(before));
        Assert.That((await manager.GetHistoryAsync())[0].Event, Is.EqualTo(MigrationEvent.Failed));
    }

    private sealed class CancelAt(CancellationTokenSource source, string check) : IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value)
        {
            if (value.Check == check)
            {
                source.CancelAfter(TimeSpan.FromMilliseconds(50));
            }
        }
    }
}
