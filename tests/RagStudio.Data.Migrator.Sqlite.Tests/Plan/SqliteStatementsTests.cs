using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Plan;

public sealed class SqliteStatementsTests
{
    [TestCase("UPDATE t SET a = 1", "Update t all")]
    [TestCase("update or ignore \"t t\" set a = 1", "Update t t all")]
    [TestCase("UPDATE [t] AS x SET a = (SELECT b FROM u WHERE u.id = x.id)", "Update t all")]
    [TestCase("UPDATE t SET a = 'WHERE'", "Update t all")]
    [TestCase("UPDATE t SET a = 1 -- WHERE b = 2", "Update t all")]
    [TestCase("UPDATE t SET a = 1 WHERE b = 2", "Update t")]
    [TestCase("UPDATE t SET a = b FROM u WHERE u.id = t.id", "Update t")]
    [TestCase("UPDATE main.t SET a = 1", "Update t all")]
    [TestCase("UPDATE \"main\".`t` SET a = 1", "Update t all")]
    [TestCase("UPDATE temp.t SET a = 1", "Other")]
    [TestCase("WITH n(i) AS (SELECT 1 FROM u WHERE 1), m AS (SELECT 2) UPDATE t SET a = 1", "Update t all")]
    [TestCase("WITH RECURSIVE n AS (SELECT 1) DELETE FROM t WHERE id IN n", "Delete t")]
    [TestCase("WITH n AS (DELETE) SELECT * FROM n", "Other")]
    [TestCase("/* all of it */ DELETE FROM t", "Delete t all")]
    [TestCase("DELETE FROM t WHERE id IN (SELECT id FROM u)", "Delete t")]
    [TestCase("DELETE FROM t INDEXED BY ix RETURNING id", "Delete t all")]
    [TestCase("INSERT INTO u (a) VALUES ('DELETE FROM t; DELETE FROM t')", "Other")]
    [TestCase("REPLACE INTO t VALUES (1)", "Other")]
    [TestCase("INSERT INTO t (a) VALUES (1) ON CONFLICT DO UPDATE SET a = 2 WHERE 1", "Other")]
    [TestCase(
        "INSERT OR REPLACE INTO new_t (a) SELECT (SELECT 1 FROM x), a FROM main.t WHERE a > 1",
        "CopyRows t new_t"
    )]
    [TestCase("INSERT INTO new_t SELECT * FROM (SELECT * FROM t)", "CopyRows t new_t")]
    [TestCase("DROP TABLE IF EXISTS main.\"t\"", "DropTable t")]
    [TestCase("DROP TABLE 't'", "DropTable t")]
    [TestCase("DROP VIEW v", "DropView v")]
    [TestCase("DROP TRIGGER IF EXISTS g", "DropTrigger - g")]
    [TestCase("DROP INDEX IF EXISTS main.ix", "DropIndex - ix")]
    [TestCase("DROP INDEX temp.ix", "Other")]
    [TestCase("CREATE UNIQUE INDEX IF NOT EXISTS ix ON t (a)", "CreateIndex t ix")]
    [TestCase("CREATE INDEX temp.ix ON t (a)", "Other")]
    [TestCase("ALTER TABLE t RENAME TO \"new t\"", "RenameTable t new t")]
    [TestCase("ALTER TABLE t RENAME COLUMN a TO b", "RenameColumn t a b")]
    [TestCase("ALTER TABLE t RENAME a TO b", "RenameColumn t a b")]
    [TestCase("ALTER TABLE t DROP COLUMN a", "DropColumn t a")]
    [TestCase("ALTER TABLE main.t DROP a", "DropColumn t a")]
    [TestCase("ALTER TABLE t DROP CONSTRAINT c", "Other")]
    [TestCase("ALTER TABLE t ADD COLUMN a TEXT", "AddColumn t a")]
    [TestCase("ALTER TABLE t ADD a TEXT", "AddColumn t a")]
    [TestCase("ALTER TABLE t ADD CONSTRAINT c CHECK (a > 1)", "Other")]
    [TestCase("CREATE TABLE IF NOT EXISTS main.t (a)", "CreateTable t")]
    [TestCase("CREATE VIRTUAL TABLE t USING fts5(a)", "CreateTable t")]
    [TestCase("CREATE TEMP TABLE t (a)", "CreateTable t")]
    [TestCase("CREATE TEMP VIEW t AS SELECT 1", "Other")]
    [TestCase("CREATE VIEW v AS SELECT 1", "CreateView v")]
    [TestCase("CREATE TRIGGER g AFTER UPDATE OF a, b ON t BEGIN DELETE FROM u; END", "CreateTrigger t g")]
    [TestCase("PRAGMA user_version = 3", "Other")]
    [TestCase("SELECT", "Other")]
    [TestCase("UPDATE", "Other")]
    [TestCase("DROP TABLE", "Other")]
    [TestCase("ALTER TABLE t", "Other")]
    [TestCase("", "")]
    public void Read_tells_what_a_statement_does(string sql, string expected) =>
        Assert.That(Describe(SqliteStatements.Read(sql)), Is.EqualTo(expected));

    [TestCase("CREATE TABLE k AS SELECT * FROM t JOIN main.\"u u\" ON 1", "t, u u")]
    [TestCase("WITH c AS (SELECT * FROM t) INSERT INTO k SELECT * FROM c", "t, c")]
    [TestCase("INSERT INTO k SELECT * FROM (SELECT * FROM t)", "t")]
    [TestCase("CREATE TABLE k (a REFERENCES t)", "")]
    public void Read_tells_where_rows_come_from(string sql, string expected) =>
        Assert.That(string.Join(", ", SqliteStatements.Read(sql).Single().Sources), Is.EqualTo(expected));

    [TestCase("DELETE FROM t WHERE a = - -1 AND b <> '--'", "a =- -1 AND b <>'--'")]
    [TestCase("DELETE FROM t WHERE t.\"a b\" IN (SELECT [c] FROM u) -- all", "t.\"a b\" IN (SELECT \"c\" FROM u)")]
    [TestCase("DELETE FROM t WHERE a || b >= 'x' RETURNING a", "a || b >= 'x'")]
    [TestCase("DELETE FROM t", null)]
    [TestCase("DELETE FROM t AS x WHERE x.a = 1", null)]
    [TestCase("DELETE FROM t INDEXED BY i WHERE a = 1", null)]
    [TestCase("DELETE FROM t WHERE a = 1 ORDER BY a LIMIT 1", null)]
    [TestCase("DELETE FROM t WHERE a = @p", null)]
    [TestCase("DELETE FROM t WHERE a = 1) OR (1", null)]
    [TestCase("WITH c AS (SELECT 1) DELETE FROM t WHERE a IN c", null)]
    public void Read_tells_which_rows_are_deleted(string sql, string? expected)
    {
        var condition = SqliteStatements.Read(sql).Single().Condition;

        var canonical = condition is null ? null : SqliteTokens.Canonical(condition);
        Assert.That(canonical, Is.EqualTo(expected is null ? null : SqliteTokens.Canonical(expected)));
    }

    [Test]
    public void Read_tells_the_statements_in_their_order_and_leaves_out_those_of_a_trigger()
    {
        const string Sql = """
            CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM a; UPDATE b SET c = 1; END;
            UPDATE t SET a = ';' WHERE 1; DELETE FROM t; -- DROP TABLE t;
            """;

        Assert.That(Describe(SqliteStatements.Read(Sql)), Is.EqualTo("CreateTrigger t g | Update t | Delete t all"));
    }

    [TestCase("CREATE TABLE t (a)", true)]
    [TestCase("CREATE TABLE IF NOT EXISTS t (a)", false)]
    [TestCase("CREATE TEMP TABLE t (a)", false)]
    [TestCase("CREATE VIEW t AS SELECT 1", true)]
    [TestCase("CREATE VIEW IF NOT EXISTS t AS SELECT 1", false)]
    [TestCase("CREATE UNIQUE INDEX i ON t (a)", true)]
    [TestCase("CREATE INDEX IF NOT EXISTS i ON t (a)", false)]
    public void Read_tells_what_fails_where_the_name_is_taken(string sql, bool expected) =>
        Assert.That(SqliteStatements.Read(sql).Single().MustBeNew, Is.EqualTo(expected));

    [TestCase("a", true, null, false)]
    [TestCase("a TEXT NOT NULL", false, null, false)]
    [TestCase("a TEXT \"NOT\" NULL", true, null, false)]
    [TestCase("a NOT NULL DEFAULT NULL", false, null, false)]
    [TestCase("a NOT NULL DEFAULT (NULL)", false, null, false)]
    [TestCase("a DEFAULT -1 NOT NULL", false, "-1", false)]
    [TestCase("a DEFAULT (datetime('now', 'NOT NULL')) CHECK (a NOT NULL)", true, "datetime('now','NOT NULL')", false)]
    [TestCase("a REFERENCES t ON DELETE SET DEFAULT NOT DEFERRABLE", true, null, false)]
    [TestCase("a REFERENCES t ON DELETE SET DEFAULT DEFAULT 'x'", true, "'x'", false)]
    [TestCase("a GENERATED ALWAYS AS (b + 1) NOT NULL", false, null, true)]
    public void Read_tells_what_a_new_column_takes(string definition, bool isNullable, string? value, bool isComputed)
    {
        var column = SqliteStatements.Read($"ALTER TABLE t ADD {definition}").Single().NewColumn!;

        Assert.Multiple(() =>
        {
            Assert.That(column.Name, Is.EqualTo("a"));
            Assert.That(column.IsNullable, Is.EqualTo(isNullable));
            Assert.That(
                column.DefaultValueSql?.Replace(" ", "", StringComparison.Ordinal),
                Is.EqualTo(value?.Replace(" ", "", StringComparison.Ordinal))
            );
            Assert.That(column.ComputedColumnSql is not null, Is.EqualTo(isComputed));
        });
    }

    private static string Describe(IEnumerable<SqlStatement> statements) =>
        string.Join(" | ", statements.Select(Describe));

    private static string Describe(SqlStatement statement)
    {
        var changes = statement.Kind is SqlStatementKind.Update or SqlStatementKind.Delete;
        string?[] parts =
        [
            statement.Kind.ToString(),
            statement.Table ?? (statement.Name is null ? null : "-"),
            statement.Name,
            statement.NewName,
            changes && !statement.HasWhere ? "all" : null,
        ];
        return string.Join(' ', parts.OfType<string>());
    }
}
