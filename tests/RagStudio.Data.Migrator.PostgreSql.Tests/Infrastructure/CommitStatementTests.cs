namespace RagStudio.Data.Migrator.PostgreSql.Tests;

public sealed class CommitStatementTests
{
    [TestCase("INSERT INTO t VALUES (7); COMMIT")]
    [TestCase("COMMIT PREPARED 'one'")]
    [TestCase("SELECT 'COMMIT'")]
    [TestCase("COMMITTED")]
    public void Another_statement_is_no_COMMIT(string statement) =>
        Assert.That(CuttingProxy.IsCommit(statement), Is.False);

    [TestCase("COMMIT")]
    [TestCase(" commit work ;")]
    [TestCase("END TRANSACTION")]
    [TestCase("COMMIT AND NO CHAIN")]
    public void A_COMMIT_has_several_forms(string statement) => Assert.That(CuttingProxy.IsCommit(statement), Is.True);
}
