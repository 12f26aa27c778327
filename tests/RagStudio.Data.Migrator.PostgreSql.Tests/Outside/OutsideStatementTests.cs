using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

internal sealed class OutsideStatementTests
{
    [TestCase("ALTER TABLE sales DETACH PARTITION old CONCURRENTLY", OutsideKind.Unrepeatable)]
    [TestCase("/* new */ create database shop", OutsideKind.Unrepeatable)]
    [TestCase("DROP DATABASE IF EXISTS shop", OutsideKind.Unrepeatable)]
    [TestCase("CREATE TABLESPACE fast LOCATION '/fast'", OutsideKind.Unrepeatable)]
    [TestCase("ALTER SUBSCRIPTION shop REFRESH PUBLICATION", OutsideKind.Unrepeatable)]
    [TestCase("ALTER SYSTEM SET work_mem = '8MB'", OutsideKind.Maintenance)]
    [TestCase("ALTER DATABASE shop SET TABLESPACE fast", OutsideKind.Maintenance)]
    [TestCase("REINDEX DATABASE shop", OutsideKind.Maintenance)]
    [TestCase("VACUUM FULL sales", OutsideKind.Maintenance)]
    [TestCase("ALTER DATABASE shop SET work_mem = '8MB'", OutsideKind.Inside)]
    [TestCase("ALTER TABLESPACE fast RENAME TO slow", OutsideKind.Inside)]
    [TestCase("ROLLBACK TO SAVEPOINT mine", OutsideKind.Inside)]
    [TestCase("PREPARE mine AS SELECT 1", OutsideKind.Inside)]
    [TestCase("ROLLBACK", OutsideKind.TransactionControl)]
    [TestCase("PREPARE TRANSACTION 'mine'", OutsideKind.TransactionControl)]
    [TestCase("DISCARD ALL", OutsideKind.TransactionControl)]
    [TestCase("DISCARD PLANS", OutsideKind.Inside)]
    [TestCase("ALTER TABLE sales DETACH PARTITION old", OutsideKind.Inside)]
    [TestCase("reindex (verbose) table concurrently sales", OutsideKind.Maintenance)]
    [TestCase("/* all */ VACUUM sales", OutsideKind.Maintenance)]
    [TestCase("SELECT 'CREATE INDEX CONCURRENTLY'", OutsideKind.Inside)]
    [TestCase("UPDATE sales SET concurrent = true", OutsideKind.Inside)]
    public void A_statement_is_what_its_tokens_say(string sql, OutsideKind kind) =>
        Assert.That(OutsideStatement.Read(sql).Kind, Is.EqualTo(kind));
}
