namespace RagStudio.Data.Migrator.Sqlite.Tests.Validate.Rules;

[TestFixture(true)]
[TestFixture(false)]
public sealed class OrphanRuleTests(bool isIndexed) : RuleTest
{
    private static readonly OrphanRule Rule = new("lines", "parent", "parents", "id");

    [Test]
    public async Task Validate_names_each_row_whose_parent_is_not_there()
    {
        Create("TEXT", "TEXT");
        Shop.Execute(
            "INSERT INTO parents VALUES ('a'), ('b'); INSERT INTO lines VALUES (1, 'a'), (2, 'gone'), (3, NULL), (4, 'B'), (5, 'gone'), (6, '')"
        );

        var report = await ValidateShopAsync(Rule);

        Assert.Multiple(() =>
        {
            Assert.That(report.Errors.Select(e => e.Id), Is.EquivalentTo(new[] { "2", "4", "5", "6" }));
            Assert.That(report.ErrorCount, Is.EqualTo(4));
            Assert.That(
                report.Errors.Single(e => e.Id == "2"),
                Is.EqualTo(
                    new ValidationError(
                        ValidationErrorKind.OrphanedRecord,
                        "lines",
                        "2",
                        "row 2 of 'lines': parent refers to 'gone' of 'parents', which does not exist"
                    )
                )
            );
        });
    }

    [Test]
    public async Task Validate_is_not_blinded_by_a_parent_whose_key_is_NULL()
    {
        Create("TEXT", "TEXT");
        Shop.Execute("INSERT INTO parents VALUES (NULL), ('a'); INSERT INTO lines VALUES (1, 'gone'), (2, NULL)");

        var report = await ValidateShopAsync(Rule);

        Assert.That(report.Errors.Select(e => e.Id), Is.EqualTo(new[] { "1" }));
    }

    [TestCase("INTEGER", "TEXT", "7")]
    [TestCase("TEXT", "INTEGER", "'7'")]
    [TestCase("INTEGER", "VARCHAR(10)", "7")]
    [TestCase("", "TEXT", "7")]
    public async Task Validate_compares_values_of_other_types_as_a_foreign_key_does(
        string child,
        string parent,
        string value
    )
    {
        Create(child, parent);
        Shop.Execute($"INSERT INTO parents VALUES (7); INSERT INTO lines VALUES (1, {value}), (2, 8), (3, 'seven')");

        var report = await ValidateShopAsync(Rule);

        Assert.That(report.Errors.Select(e => e.Id), Is.EquivalentTo(new[] { "2", "3" }));
    }

    [Test]
    public async Task Validate_compares_by_the_collation_of_the_parents_key()
    {
        Create("TEXT", "TEXT COLLATE NOCASE");
        Shop.Execute("INSERT INTO parents VALUES ('Abc'); INSERT INTO lines VALUES (1, 'aBC'), (2, 'abd')");

        var report = await ValidateShopAsync(Rule);

        Assert.That(report.Errors.Select(e => e.Id), Is.EqualTo(new[] { "2" }));
    }

    [Test]
    public async Task Validate_follows_a_table_that_refers_to_itself()
    {
        Create("TEXT", "TEXT");
        Shop.Execute("INSERT INTO lines VALUES (1, NULL), (2, 1), (3, 9)");

        var report = await ValidateShopAsync(new OrphanRule("lines", "parent", "lines", "id"));

        Assert.That(report.Errors.Select(e => e.Id), Is.EqualTo(new[] { "3" }));
    }

    [Test]
    public async Task Validate_passes_over_the_rule_while_the_parents_table_is_not_there()
    {
        Shop.Execute("CREATE TABLE lines (id INTEGER PRIMARY KEY, parent TEXT); INSERT INTO lines VALUES (1, 'x')");

        var report = await ValidateShopAsync(Rule);

        Assert.That(report.ErrorCount, Is.Zero);
    }

    [Test]
    public async Task Validate_names_the_first_20_and_counts_all()
    {
        Create("TEXT", "TEXT");
        Shop.Execute(
            "WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 1234) INSERT INTO lines SELECT n, n % 7 FROM i"
        );

        var report = await ValidateShopAsync(Rule);

        Assert.Multiple(() =>
        {
            Assert.That(report.Errors, Has.Count.EqualTo(20));
            Assert.That(report.ErrorCount, Is.EqualTo(1234));
        });
    }

    private void Create(string child, string parent) =>
        Shop.Execute(
            $"CREATE TABLE parents (id {parent} PRIMARY KEY); CREATE TABLE lines (id INTEGER PRIMARY KEY, parent {child});"
                + (isIndexed ? "CREATE INDEX by_parent ON lines (parent)" : "")
        );
}
