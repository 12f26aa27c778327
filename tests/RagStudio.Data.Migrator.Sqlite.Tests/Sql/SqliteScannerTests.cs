using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Sql;

/// <summary>Compares the tokenizer with SQLite itself.</summary>
public sealed class SqliteScannerTests
{
    private const int Texts = 20_000;

    private static readonly string[] Pieces =
    [
        .. " \t\n\v\f\r\u00a0\uFEFF'\"`[](){};,.+-*/<>=!|&~%?@#$:\\^_".Select(c => c.ToString()),
        .. new[]
        {
            "x'",
            "X'0a'",
            "0x1F",
            "0x",
            "1e5",
            "1.5e-3",
            "1_000",
            "12a",
            ".5",
            "1.",
            "--",
            "/*",
            "*/",
            "''",
            "é",
        },
        .. new[] { "a", "b", "end", "case", "begin", "t", "a$b", "$a::b(c)", ":p", "->>", "||", "x", "e", "9" },
    ];

    private SqliteConnection _connection = null!;

    [SetUp]
    public void Open()
    {
        _connection = new SqliteConnection("Data Source=:memory:");
        _connection.Open();
        _connection.Execute("CREATE TABLE t (a, b, [end], begin)");
    }

    [TearDown]
    public void Close() => _connection.Dispose();

    [Test]
    public void What_SQLite_takes_for_no_token_is_none_here_and_what_it_understands_is()
    {
        var random = new Random(7);
        var (illegal, understood) = (0, 0);
        for (var i = 0; i < Texts; i++)
        {
            var sql = "SELECT " + string.Concat(random.GetItems(Pieces, random.Next(1, 6)));
            var isIllegal = SqliteTokens.Read(sql).Any(token => token.Kind == SqliteTokenKind.Illegal);
            var error = ErrorOf(sql);
            if (error is null)
            {
                understood++;
                Assert.That(isIllegal, Is.False, sql);
            }
            else if (error.StartsWith("unrecognized token", StringComparison.Ordinal))
            {
                illegal++;
                Assert.That(isIllegal, Is.True, $"{sql} {error}");
            }
        }
        Assert.That(illegal, Is.GreaterThan(Texts / 10));
        Assert.That(understood, Is.GreaterThan(Texts / 100));
    }

    [TestCase("SELECT 1; SELECT ';'; SELECT \";\" FROM (SELECT 1 AS \";\")")]
    [TestCase(";; SELECT 1 ;;; -- ; \n SELECT 2 /* ; */ ; /* unfinished ; SELECT 3")]
    [TestCase("\uFEFFSELECT 1;\uFEFF SELECT x''; SELECT 1e5;SELECT 0x1F;SELECT .5;")]
    [TestCase("CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT CASE WHEN 1 THEN 2 END; SELECT 'end;'; END; SELECT 1")]
    [TestCase(
        "CREATE TEMP TRIGGER [end] AFTER INSERT ON t BEGIN INSERT INTO t (end, begin) VALUES (1, 2); END; SELECT end FROM t"
    )]
    [TestCase("CREATE TRIGGER IF NOT EXISTS begin BEFORE DELETE ON t BEGIN DELETE FROM t; END;;")]
    [TestCase("EXPLAIN CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; SELECT 2; END; SELECT 1")]
    [TestCase(
        "EXPLAIN QUERY PLAN CREATE TEMPORARY TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END; BEGIN; END; SELECT 1"
    )]
    [TestCase("CREATE TABLE trigger_like (x DEFAULT (1)); SELECT 1; CREATE VIEW v AS SELECT 1; SELECT 2")]
    [TestCase("SELECT [a;b] FROM (SELECT 1 AS [a;b]); SELECT `;` FROM (SELECT 1 AS `;`)")]
    public void Statements_end_where_they_end_for_SQLite(string sql) =>
        Assert.That(
            SqliteTokens.Statements(sql).Select(SqliteTokens.Canonical),
            Is.EqualTo(StatementsOf(sql).Select(SqliteTokens.Canonical).Select(text => text.Trim(';', ' ')))
        );

    [TestCase("SELECT 'a", true)]
    [TestCase("SELECT \"a", true)]
    [TestCase("SELECT [a", true)]
    [TestCase("SELECT x'0'", true)]
    [TestCase("SELECT 1a", true)]
    [TestCase("SELECT 1\u00a0", true)]
    [TestCase("SELECT \u2003a", false)]
    [TestCase("SELECT 1 \v", false)]
    [TestCase("SELECT 1;\v", true)]
    [TestCase("SELECT 1\0", true)]
    [TestCase("SELECT 1 /* no end", false)]
    public void What_is_not_finished_is_told(string sql, bool expected) =>
        Assert.That(SqliteTokens.Read(sql).Any(token => token.Kind == SqliteTokenKind.Illegal), Is.EqualTo(expected));

    private string? ErrorOf(string sql)
    {
        while (sql.Length > 0)
        {
            var result = raw.sqlite3_prepare_v2(_connection.Handle, sql, out var statement, out var rest);
            statement?.Dispose();
            if (result != raw.SQLITE_OK)
            {
                return raw.sqlite3_errmsg(_connection.Handle).utf8_to_string();
            }
            sql = rest;
        }
        return null;
    }

    private IEnumerable<string> StatementsOf(string sql)
    {
        while (sql.Length > 0)
        {
            var result = raw.sqlite3_prepare_v2(_connection.Handle, sql, out var statement, out var rest);
            SqliteException.ThrowExceptionForRC(result, _connection.Handle);
            if (!statement.IsInvalid)
            {
                yield return raw.sqlite3_sql(statement).utf8_to_string();
                raw.sqlite3_step(statement);
            }
            statement.Dispose();
            sql = rest;
        }
    }
}
