using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Sql;

public sealed class SqliteTokensTests
{
    [TestCase("SELECT  *\nFROM \"A\"", "select * from a")]
    [TestCase("select [a b], `c`, \"d\"\"e\"", "select a b , c , d\"e")]
    [TestCase("x = 'It''s' -- no\n AND y", "x = 'It''s' and y")]
    [TestCase("a /* ; ' */ > 1.5e3", "a > 1.5e3")]
    [TestCase("X'0aFF' || ''", "X'0aFF' | | ''")]
    [TestCase("'unfinished", "'unfinished")]
    [TestCase("\"unfinished", "unfinished")]
    [TestCase("/* unfinished", "")]
    [TestCase("t.\"c\" IS NOT NULL", "t . c is not null")]
    [TestCase("Ärger = $p", "ärger = $p")]
    [TestCase("", "")]
    public void Canonical_is_the_same_however_it_is_written(string sql, string expected) =>
        Assert.That(SqliteTokens.Canonical(sql), Is.EqualTo(expected));

    [TestCase("a; b;", new[] { "a", "b" })]
    [TestCase(";;a", new[] { "a" })]
    [TestCase("UPDATE t SET a = ';'; DELETE FROM t", new[] { "update t set a = ';'", "delete from t" })]
    [TestCase("BEGIN; a; END; b", new[] { "begin", "a", "end", "b" })]
    public void Statements_end_where_a_semicolon_is_one(string sql, string[] expected) =>
        Assert.That(SqliteTokens.Statements(sql).Select(SqliteTokens.Canonical), Is.EqualTo(expected));

    [Test]
    public void Statements_of_a_trigger_belong_to_it()
    {
        const string Trigger =
            "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET b = CASE WHEN 1 THEN 2 END; DELETE FROM c; END";

        var statements = SqliteTokens.Statements($"{Trigger}; DROP TABLE a");

        Assert.That(
            statements.Select(SqliteTokens.Canonical),
            Is.EqualTo(new[] { SqliteTokens.Canonical(Trigger), "drop table a" })
        );
    }
}
