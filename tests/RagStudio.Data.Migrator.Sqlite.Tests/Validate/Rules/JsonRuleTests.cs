namespace RagStudio.Data.Migrator.Sqlite.Tests.Validate.Rules;

public sealed class JsonRuleTests : RuleTest
{
    private static readonly JsonRule Rule = new("rows", "x", "y");

    [Test]
    public async Task Validate_accepts_JSON_of_every_sort_and_NULL()
    {
        Create(isChecked: false);
        Shop.Execute(
            "INSERT INTO rows VALUES (1, '{\"a\":[1,null]}', NULL, ''), (2, 'true', '\"text\"', ''), (3, '7', ' [] ', '')"
        );

        var report = await ValidateShopAsync(Rule);

        Assert.That(report.ErrorCount, Is.Zero);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Validate_names_a_row_once_with_the_columns_that_are_no_JSON(bool isChecked)
    {
        Create(isChecked);
        Damage(
            "INSERT INTO rows VALUES (1, '{}', '{', 'open'), (2, 'no', '', 'open'), (3, '{a:1}', NULL, 'open'), (4, '1', '2', 'open')"
        );

        var report = await ValidateShopAsync(Rule);

        Assert.Multiple(() =>
        {
            Assert.That(
                Told(report),
                Is.EqualTo(
                    new (string?, string)[]
                    {
                        ("1", "row 1 of 'rows' has invalid JSON in y"),
                        ("2", "row 2 of 'rows' has invalid JSON in x, y"),
                        ("3", "row 3 of 'rows' has invalid JSON in x"),
                    }
                )
            );
            Assert.That(
                report.Errors.Select(e => (e.Kind, e.Table)),
                Is.All.EqualTo((ValidationErrorKind.InvalidJson, "rows"))
            );
            Assert.That(report.ErrorCount, Is.EqualTo(3));
        });
    }

    [Test]
    public async Task Validate_still_counts_the_rows_that_break_another_constraint_of_the_table()
    {
        Create(isChecked: true);
        Damage(
            "INSERT INTO rows VALUES (1, 'no', NULL, 'open'), (2, '{}', NULL, 'nonsense'), (3, '{}', NULL, 'nonsense')"
        );

        var report = await ValidateShopAsync(Rule);

        Assert.Multiple(() =>
        {
            Assert.That(
                report.Errors.Select(e => (e.Kind, e.Id)),
                Is.EquivalentTo(
                    new (ValidationErrorKind, string?)[]
                    {
                        (ValidationErrorKind.InvalidJson, "1"),
                        (ValidationErrorKind.Integrity, null),
                    }
                )
            );
            Assert.That(report.ErrorCount, Is.EqualTo(3));
        });
    }

    [Test]
    public async Task Validate_counts_more_rows_than_SQLites_own_check_tells_of()
    {
        Create(isChecked: true);
        Damage(
            "WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 321) INSERT INTO rows SELECT n, 'no', NULL, 'open' FROM i"
        );

        var report = await ValidateShopAsync(Rule);
        var withoutRule = await ValidateShopAsync();

        Assert.Multiple(() =>
        {
            Assert.That(
                report.Errors,
                Has.Count.EqualTo(20).And.All.Property("Kind").EqualTo(ValidationErrorKind.InvalidJson)
            );
            Assert.That(report.ErrorCount, Is.EqualTo(321));
            Assert.That(
                withoutRule.Errors.Select(e => e.Detail),
                Is.EqualTo(new[] { "CHECK constraint failed in rows" })
            );
            Assert.That(withoutRule.ErrorCount, Is.EqualTo(321));
        });
    }

    [Test]
    public async Task OnlyWhereChecked_passes_over_columns_that_may_hold_any_text()
    {
        Create(isChecked: false);
        Shop.Execute("INSERT INTO rows VALUES (1, 'no', 'no', 'open')");

        var report = await ValidateShopAsync(new JsonRule("rows", "x", "y") { OnlyWhereChecked = true });

        Assert.That(report.ErrorCount, Is.Zero);
    }

    [Test]
    public async Task Validate_names_a_row_by_all_columns_of_its_key_or_not_at_all()
    {
        Shop.Execute(
            """
            CREATE TABLE pairs (a TEXT, b INTEGER, j TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
            CREATE TABLE loose (j TEXT);
            INSERT INTO pairs VALUES ('p', 7, 'no');
            INSERT INTO loose VALUES ('no');
            """
        );

        var report = await ValidateShopAsync(new JsonRule("pairs", "j"), new JsonRule("loose", "j"));

        Assert.That(
            report.Errors.Select(e => (e.Table, e.Id)),
            Is.EqualTo(new[] { ("pairs", "p/7"), ("loose", null) })
        );
    }

    private void Create(bool isChecked) =>
        Shop.Execute(
            isChecked
                ? """
                CREATE TABLE rows (id INTEGER PRIMARY KEY, x TEXT CHECK (x IS NULL OR json_valid("x")),
                    y TEXT CONSTRAINT ck CHECK (Json_Valid ( [y] )), status TEXT CHECK (status <> 'nonsense'));
                """
                : "CREATE TABLE rows (id INTEGER PRIMARY KEY, x TEXT, y TEXT, status TEXT);"
        );

    private void Damage(string sql) => Shop.Execute("PRAGMA ignore_check_constraints = ON; " + sql);
}
