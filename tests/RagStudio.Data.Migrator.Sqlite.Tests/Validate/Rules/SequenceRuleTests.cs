using System.Globalization;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Validate.Rules;

[TestFixture(true)]
[TestFixture(false)]
public sealed class SequenceRuleTests(bool isUnique) : RuleTest
{
    private static readonly SequenceRule ByGroup = new("rows", "n", "a", "b");

    [SetUp]
    public void CreateTable() =>
        Shop.Execute(
            "CREATE TABLE rows (id TEXT PRIMARY KEY, a TEXT, b TEXT, n INTEGER);"
                + (isUnique ? "CREATE UNIQUE INDEX in_order ON rows (a, b, n);" : "")
        );

    [Test]
    public async Task Validate_finds_nothing_in_groups_that_are_numbered_from_1()
    {
        Shop.Execute(
            """
            WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < 49999)
            INSERT INTO rows SELECT n, n % 100, 'x', n / 100 + 1 FROM i
            """
        );

        var report = await ValidateShopAsync(ByGroup);

        Assert.That(report.ErrorCount, Is.Zero);
    }

    [Test]
    public async Task Validate_names_each_gap_and_each_wrong_start_with_its_row_and_numbers()
    {
        Shop.Execute(
            """
            INSERT INTO rows VALUES
                ('r1', 'g', 'x', 1), ('r2', 'g', 'x', 2), ('r3', 'g', 'x', 4), ('r4', 'g', 'x', 9),
                ('r5', 'g', 'y', 2), ('r6', 'g', 'y', 3),
                ('r7', 'h', 'x', 0), ('r8', 'h', 'x', 1),
                ('r9', 'i', 'x', 1)
            """
        );

        var report = await ValidateShopAsync(ByGroup);

        Assert.Multiple(() =>
        {
            Assert.That(
                Told(report),
                Is.EqualTo(
                    new (string?, string)[]
                    {
                        ("r3", "of a 'g', b 'x': row r3 of 'rows' has n 4, and 3 is not there"),
                        ("r4", "of a 'g', b 'x': row r4 of 'rows' has n 9, and 5 to 8 are not there"),
                        ("r5", "of a 'g', b 'y': row r5 of 'rows' is the first and has n 2 instead of 1"),
                        ("r7", "of a 'h', b 'x': row r7 of 'rows' is the first and has n 0 instead of 1"),
                    }
                )
            );
            Assert.That(
                report.Errors.Select(e => (e.Kind, e.Table)),
                Is.All.EqualTo((ValidationErrorKind.SequenceGap, "rows"))
            );
            Assert.That(report.ErrorCount, Is.EqualTo(4));
        });
    }

    [TestCase("1 2 2 4", "repeats n 2|has n 4, and 3 is not there")]
    [TestCase("1 1 4 4", "repeats n 1|has n 4, and 2 to 3 are not there|repeats n 4")]
    [TestCase("1 1", "repeats n 1")]
    [TestCase("2 2 2", "is the first and has n 2 instead of 1|repeats n 2|repeats n 2")]
    public async Task Validate_names_each_duplicate_of_a_table_that_does_not_refuse_them(string numbers, string told)
    {
        Shop.Execute("DROP INDEX IF EXISTS in_order");
        Insert(numbers.Split(' '));

        var report = await ValidateShopAsync(ByGroup);

        Assert.That(
            report.Errors.Select(e => e.Detail[(e.Detail.IndexOf("rows' ") + 6)..]),
            Is.EqualTo(told.Split('|'))
        );
    }

    [TestCase("1 2.5 3", "r1")]
    [TestCase("1 NULL 3", "r1")]
    [TestCase("1 NULL 2", "r1")]
    [TestCase("1 2 'three'", "r2")]
    [TestCase("1 x'02' 3", "r1")]
    public async Task Validate_names_a_row_without_a_whole_number(string numbers, string row)
    {
        Insert(numbers.Split(' '));

        var report = await ValidateShopAsync(ByGroup);

        Assert.That(report.Errors.Single(e => e.Detail.Contains("no integer")).Id, Is.EqualTo(row));
    }

    [Test]
    public async Task Validate_tells_groups_apart_whose_values_look_alike_when_joined()
    {
        Shop.Execute(
            """
            INSERT INTO rows VALUES
                (1, 'a', 'bc', 1), (2, 'ab', 'c', 1), (3, NULL, '', 1), (4, '', '', 1), (5, '', NULL, 1), (6, 'z', 'z', 2)
            """
        );

        var report = await ValidateShopAsync(ByGroup);

        Assert.That(report.Errors.Select(error => error.Id), Is.EqualTo(new[] { "6" }));
    }

    [Test]
    public async Task Validate_begins_with_the_rules_own_start_and_takes_a_whole_table_for_one_group()
    {
        Insert(["-1", "0", "1"]);

        var fits = await ValidateShopAsync(new SequenceRule("rows", "n") { Start = -1 });
        var other = await ValidateShopAsync(new SequenceRule("rows", "n"));

        Assert.Multiple(() =>
        {
            Assert.That(fits.ErrorCount, Is.Zero);
            Assert.That(
                Told(other),
                Is.EqualTo(new[] { ("r0", "row r0 of 'rows' is the first and has n -1 instead of 1") })
            );
        });
    }

    [Test]
    public async Task Validate_does_not_fail_on_the_largest_numbers()
    {
        Insert(["-9223372036854775808", "1", "9223372036854775806", "9223372036854775807"]);

        var report = await ValidateShopAsync(ByGroup);

        Assert.That(report.Errors.Select(error => error.Id), Is.EqualTo(new[] { "r0", "r1", "r2" }));
    }

    [Test]
    public async Task Validate_names_the_first_20_and_counts_all()
    {
        Shop.Execute(
            """
            WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 500)
            INSERT INTO rows SELECT n, 'g', 'x', n * 2 - 1 FROM i
            """
        );

        var report = await ValidateShopAsync(ByGroup);

        Assert.Multiple(() =>
        {
            Assert.That(report.ErrorCount, Is.EqualTo(499));
            Assert.That(report.Errors, Has.Count.EqualTo(20));
        });
    }

    [Test]
    public async Task Validate_counts_what_a_simple_count_counts([Range(1, 12)] int seed)
    {
        var random = new Random(seed);
        var groups = Enumerable.Range(0, 30).ToDictionary(g => g, _ => Numbers(random).ToArray());
        var inserts = groups.SelectMany(g =>
            g.Value.Select(n => $"INSERT INTO rows VALUES (hex(randomblob(8)), {g.Key}, 'x', {n});")
        );
        Shop.Execute($"BEGIN; {string.Concat(inserts)} COMMIT");

        var report = await ValidateShopAsync(ByGroup);

        Assert.That(report.ErrorCount, Is.EqualTo(groups.Values.Sum(CountErrors)));
    }

    private IEnumerable<int> Numbers(Random random)
    {
        var numbers = Enumerable.Range(random.Next(4) == 0 ? random.Next(3) : 1, random.Next(1, 12));
        var kept = numbers.Where(_ => random.Next(6) > 0);
        return isUnique ? kept : kept.SelectMany(n => Enumerable.Repeat(n, random.Next(8) == 0 ? 2 : 1));
    }

    private static int CountErrors(int[] numbers) =>
        numbers.Length == 0
            ? 0
            : (numbers[0] == 1 ? 0 : 1) + numbers.Zip(numbers.Skip(1)).Count(pair => pair.Second != pair.First + 1);

    private void Insert(string[] numbers) =>
        Shop.Execute(
            string.Concat(
                numbers.Select(
                    (n, i) =>
                        string.Create(CultureInfo.InvariantCulture, $"INSERT INTO rows VALUES ('r{i}', 'g', 'x', {n});")
                )
            )
        );
}
