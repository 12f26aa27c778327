using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

internal sealed class OutsideStatementTests
{
    [TestCase("ALTER TABLE sales DETACH PARTITION old CONCURRENTLY", OutsideKind.Unknown)]
    [TestCase("ALTER TABLE sales DETACH PARTITION old", OutsideKind.Inside)]
    [TestCase("reindex (verbose) table concurrently sales", OutsideKind.Maintenance)]
    [TestCase("/* all */ VACUUM sales", OutsideKind.Maintenance)]
    [TestCase("SELECT 'CREATE INDEX CONCURRENTLY'", OutsideKind.Inside)]
    [TestCase("UPDATE sales SET concurrent = true", OutsideKind.Inside)]
    public void A_statement_is_what_its_tokens_say(string sql, OutsideKind kind) =>
        Assert.That(OutsideStatement.Read(sql).Kind, Is.EqualTo(kind));
}
