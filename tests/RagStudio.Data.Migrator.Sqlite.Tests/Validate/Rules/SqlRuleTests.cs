using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Validate.Rules;

public sealed class SqlRuleTests : RuleTest
{
    private static readonly RuleTable[] Orders = [new("orders", ["id", "total"])];

    [SetUp]
    public void CreateTable() =>
        Shop.Execute(
            "CREATE TABLE orders (id INTEGER PRIMARY KEY, total REAL); INSERT INTO orders VALUES (1, 5), (2, -1), (3, -7)"
        );

    [Test]
    public async Task Validate_reports_what_the_applications_query_returns()
    {
        var rule = new SqlRule("totals", Orders, "SELECT id, 'the total is ' || total FROM orders WHERE total < 0");

        var report = await ValidateShopAsync(rule);

        Assert.That(
            report.Errors,
            Is.EqualTo(
                new[]
                {
                    new ValidationError(ValidationErrorKind.Rule, "orders", "2", "the total is -1.0"),
                    new ValidationError(ValidationErrorKind.Rule, "orders", "3", "the total is -7.0"),
                }
            )
        );
    }

    [Test]
    public async Task Validate_tells_the_kind_that_the_rule_has()
    {
        var rule = new SqlRule(
            "sums",
            Orders,
            "SELECT NULL, 'they do not add up'",
            ValidationErrorKind.ChecksumMismatch
        );

        var report = await ValidateShopAsync(rule);

        Assert.That(
            report.Errors.Single(),
            Is.EqualTo(new ValidationError(ValidationErrorKind.ChecksumMismatch, "orders", null, "they do not add up"))
        );
    }

    [Test]
    public void Validate_refuses_a_query_that_writes_and_leaves_the_rows()
    {
        var rule = new SqlRule("totals", Orders, "DELETE FROM orders RETURNING id, 'gone'");

        Assert.That(async () => await ValidateShopAsync(rule), Throws.InstanceOf<SqliteException>());
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(3));
    }

    [Test]
    public void A_rule_needs_tables_of_its_own_database()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => new SqlRule("none", [], "SELECT 1, 2"), Throws.ArgumentException);
            Assert.That(
                () => new SqlRule("elsewhere", [new RuleTable("orders", ["id"], "archive")], "SELECT 1, 2"),
                Throws.ArgumentException
            );
        });
    }
}
