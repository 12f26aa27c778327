using System.Text;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Validate.Rules;

public sealed class RowRuleTests : RuleTest
{
    [SetUp]
    public void CreateTables()
    {
        Shop.Execute(
            """
            CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT, total INTEGER);
            INSERT INTO orders VALUES (1, 'anna', 5), (2, 'bob', 6), (3, NULL, 7), (4, 'zoë', 8), (5, '', 9);
            """
        );
        Shop.Execute(
            "CREATE TABLE customers (name TEXT); INSERT INTO customers VALUES ('anna'), ('zoë'), (NULL)",
            "archive"
        );
    }

    [Test]
    public async Task A_reference_to_another_database_is_told_of_both()
    {
        var summary = await ValidateAsync(new ReferenceRule("orders", "customer", "archive", "customers", "name"));

        Assert.Multiple(() =>
        {
            Assert.That(
                summary.Reports.Where(report => report.ErrorCount > 0).Select(report => report.Database),
                Is.EqualTo(new[] { "shop+archive" })
            );
            Assert.That(
                summary.Reports[^1].Errors,
                Is.EqualTo(
                    new[]
                    {
                        new ValidationError(
                            ValidationErrorKind.CrossDatabaseConstraintViolation,
                            "orders",
                            "2",
                            "row 2 of 'orders': customer refers to 'bob' of 'customers' in archive, which does not exist"
                        ),
                        new ValidationError(
                            ValidationErrorKind.CrossDatabaseConstraintViolation,
                            "orders",
                            "5",
                            "row 5 of 'orders': customer refers to '' of 'customers' in archive, which does not exist"
                        ),
                    }
                )
            );
        });
    }

    [Test]
    public async Task Rules_of_one_table_share_one_pass_and_each_sees_its_own_columns()
    {
        var seen = new List<string>();
        var within = new Recorder(
            "within",
            ["total", "CUSTOMER"],
            row => seen.Add($"w {row.GetInt64(0)} {row.GetString(1)} {row.GetInt64(2)}")
        );
        var across = new Recorder(
            "across",
            ["customer"],
            row => seen.Add($"a {row.GetString(0)} {row.GetInt64(1)}"),
            new RuleTable("customers", ["name"], "archive")
        );

        var summary = await ValidateAsync(within, across);

        Assert.Multiple(() =>
        {
            Assert.That(seen.Take(4), Is.EqualTo(new[] { "w 5 anna 1", "a anna 1", "w 6 bob 2", "a bob 2" }));
            Assert.That(seen, Has.Count.EqualTo(10));
            Assert.That(summary.Reports[^1].ChecksPerformed, Is.EqualTo(1), "across");
        });
    }

    [Test]
    public async Task A_rule_sees_UTF8_whatever_the_database_stores(
        [Values("UTF-8", "UTF-16le", "UTF-16be")] string encoding
    )
    {
        File.Delete(Shop.PathOf("shop"));
        Shop.Execute(
            $"""
            PRAGMA encoding = '{encoding}';
            CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT, total REAL);
            INSERT INTO orders VALUES (1, 'zoë', 2.5), (2, '', -7), (3, NULL, 12), (4, x'4142', NULL);
            """
        );
        var seen = new List<string>();
        var rule = new Recorder(
            "texts",
            ["customer", "total"],
            row =>
                seen.Add(string.Join('|', Enumerable.Range(0, 3).Select(i => Encoding.UTF8.GetString(row.GetUtf8(i)))))
        );

        await ValidateAsync(rule);

        Assert.That(seen, Is.EqualTo(new[] { "zoë|2.5|1", "|-7.0|2", "|12.0|3", "AB||4" }));
    }

    [Test]
    public async Task A_rule_is_passed_over_while_a_column_of_either_database_is_not_there()
    {
        var called = 0;
        var here = new Recorder("here", ["no_such_column"], _ => called++);
        var there = new Recorder(
            "there",
            ["total"],
            _ => called++,
            new RuleTable("customers", ["no_such_column"], "archive")
        );

        var summary = await ValidateAsync(here, there);

        Assert.Multiple(() =>
        {
            Assert.That(called, Is.Zero);
            Assert.That(summary.Valid, Is.True);
            Assert.That(summary.Reports[^1].ChecksPerformed, Is.Zero);
        });
    }

    [Test]
    public void Validate_that_is_cancelled_ends_within_the_pass()
    {
        Shop.Execute(
            "WITH RECURSIVE i(n) AS (SELECT 10 UNION ALL SELECT n + 1 FROM i WHERE n < 200000) INSERT INTO orders SELECT n, 'x', 1 FROM i"
        );
        using var cancel = new CancellationTokenSource();
        var rows = 0;
        var rule = new Recorder(
            "slow",
            ["total"],
            _ =>
            {
                if (++rows == 100)
                {
                    cancel.Cancel();
                }
            }
        );

        Assert.That(
            async () => await Validator(rule).ValidateAsync(cancellationToken: cancel.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(rows, Is.InRange(100, 2000));
    }

    [Test]
    public void Validate_that_is_cancelled_ends_within_a_query_that_never_would()
    {
        using var cancel = new CancellationTokenSource();
        var rule = new SqlRule(
            "endless",
            [new RuleTable("orders", ["id"])],
            "WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i) SELECT 1, 'x' FROM i WHERE n < 0"
        );
        var progress = new OnCheck("endless", _ => cancel.CancelAfter(TimeSpan.FromMilliseconds(20)));

        Assert.That(
            async () => await Validator(rule).ValidateAsync(progress: progress, cancellationToken: cancel.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    [Test]
    public async Task A_long_pass_tells_how_many_rows_it_has_read()
    {
        Shop.Execute(
            "INSERT INTO orders WITH RECURSIVE i(n) AS (SELECT 6 UNION ALL SELECT n + 1 FROM i WHERE n < 120000) SELECT n, 'x', n FROM i"
        );
        var told = new List<MigrationProgress>();
        var progress = new OnCheck("pass", told.Add);

        await Validator(new Recorder("pass", ["id"], _ => { })).ValidateAsync(progress: progress);

        Assert.That(
            told.Select(step => (step.Phase, step.Database, step.Completed, step.Unit)),
            Is.EqualTo(
                new[]
                {
                    (MigrationPhase.Validate, "shop", 0L, ProgressUnit.None),
                    (MigrationPhase.Validate, "shop", 50_000L, ProgressUnit.Rows),
                    (MigrationPhase.Validate, "shop", 100_000L, ProgressUnit.Rows),
                }
            )
        );
    }

    private sealed class Recorder(
        string name,
        string[] columns,
        Action<IDataRow> inspect,
        params IReadOnlyList<RuleTable> others
    ) : RowRule(name, new RuleTable("Orders", columns), others)
    {
        public override Task<Action<IDataRow>> BeginAsync(RuleContext context) => Task.FromResult(inspect);
    }

    private sealed class OnCheck(string check, Action<MigrationProgress> action) : IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value)
        {
            if (value.Check == check)
            {
                action(value);
            }
        }
    }
}
