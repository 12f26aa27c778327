using RagStudio.Data.Migrator.Sqlite.Validate;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Validate;

public sealed class PerformanceTests : ShopTest
{
    [TestCase("CREATE TABLE c (p_id INT REFERENCES p)", true)]
    [TestCase("CREATE TABLE c (p_id INT REFERENCES p); CREATE INDEX i ON c (p_id DESC)", false)]
    [TestCase("CREATE TABLE c (p_id INT REFERENCES p, x INT); CREATE INDEX i ON c (p_id, x)", false)]
    [TestCase("CREATE TABLE c (p_id INT REFERENCES p, x INT); CREATE INDEX i ON c (x, p_id)", true)]
    [TestCase("CREATE TABLE c (p_id INT REFERENCES p, x INT, PRIMARY KEY (p_id, x))", false)]
    [TestCase("CREATE TABLE c (p_id INT REFERENCES p, x INT, PRIMARY KEY (x, p_id))", true)]
    [TestCase("CREATE TABLE c (p_id INTEGER PRIMARY KEY REFERENCES p)", false)]
    [TestCase("CREATE TABLE c (p_id INT REFERENCES p); CREATE INDEX i ON c (p_id) WHERE p_id > 5", true)]
    [TestCase("CREATE TABLE c (p_id INT REFERENCES p); CREATE INDEX i ON c (p_id) WHERE \"p_id\" IS NOT NULL", false)]
    [TestCase("CREATE TABLE c (p_id INT REFERENCES p); CREATE INDEX i ON c (p_id + 1)", true)]
    [TestCase(
        "CREATE TABLE c (a INT, b INT, FOREIGN KEY (a, b) REFERENCES p (x, y)); CREATE INDEX i ON c (b, a)",
        false
    )]
    [TestCase("CREATE TABLE c (a INT, b INT, FOREIGN KEY (a, b) REFERENCES p (x, y)); CREATE INDEX i ON c (a)", true)]
    public void A_foreign_key_without_an_index_that_leads_with_it_is_told(string sql, bool isSlow)
    {
        Shop.Execute($"CREATE TABLE p (id INTEGER PRIMARY KEY, x INT, y INT, UNIQUE (x, y)); {sql}");

        var found = Find();

        Assert.That(
            found.Select(w => (w.Kind, w.Table)),
            Is.EqualTo(
                isSlow
                    ? [(ValidationWarningKind.PerformanceIssue, "c")]
                    : Array.Empty<(ValidationWarningKind, string?)>()
            )
        );
    }

    [TestCase(5000, 4900, 1)]
    [TestCase(5000, 500, 0, Description = "a small part")]
    [TestCase(900, 890, 0, Description = "few pages")]
    public void Many_free_pages_are_told_with_the_space_that_they_take(int pages, int deleted, int warnings)
    {
        Shop.Execute(
            $"""
            PRAGMA page_size = 4096;
            CREATE TABLE t (id INTEGER PRIMARY KEY, content BLOB);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {pages})
            INSERT INTO t SELECT i, zeroblob(4000) FROM n;
            DELETE FROM t WHERE id <= {deleted};
            """
        );

        var found = Find();

        Assert.That(found, Has.Count.EqualTo(warnings));
        Assert.That(found.Select(warning => warning.Detail), Is.All.StartsWith("19 MB of the file are free pages"));
    }

    [TestCase(10_001, "", 1)]
    [TestCase(10_000, "", 0)]
    [TestCase(10_001, "ANALYZE", 0)]
    [TestCase(10_001, "DROP INDEX i", 0, Description = "there is nothing to choose from")]
    public void Missing_statistics_of_a_large_table_are_told(int rows, string sql, int warnings)
    {
        Shop.Execute(
            $"""
            CREATE TABLE small (x INT UNIQUE);
            CREATE TABLE t (x INT);
            CREATE INDEX i ON t (x);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) INSERT INTO t SELECT i FROM n;
            {sql}
            """
        );

        Assert.That(Find().Select(w => w.Table), Is.EqualTo(Enumerable.Repeat("t", warnings)));
    }

    private IReadOnlyList<ValidationWarning> Find()
    {
        using var connection = Shop.Open();
        return SqlitePerformance.Find(connection, SqliteSchema.Read(connection, []));
    }
}
