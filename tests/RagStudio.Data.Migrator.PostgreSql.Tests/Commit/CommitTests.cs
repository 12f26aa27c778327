namespace RagStudio.Data.Migrator.PostgreSql.Tests;

public sealed class CommitTests
{
    [TestCase(Fault.CutBeforeAnswer, true)]
    [TestCase(Fault.CutAfterForwarding, true)]
    [TestCase(Fault.HalfOpenAfterForwarding, true)]
    [TestCase(Fault.CutBeforeForwarding, false)]
    public async Task The_verdict_is_right_when_the_answer_to_COMMIT_is_lost(Fault fault, bool isCommitted)
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<FirstShop>().MigrateAsync();
        await using var proxy = new CuttingProxy(shop.Database.Server);
        var cut = proxy.On(CuttingProxy.IsCommit, fault);
        var manager = shop.Manager<SecondShop>(
            proxy.Through(shop.Database.ConnectionString),
            database: options => options.CommitTimeout = TimeSpan.FromSeconds(1)
        );

        var failure = await RunAsync(manager);
        await cut.HappenedAsync();

        Assert.That(failure is null, Is.EqualTo(isCommitted), failure?.ToString());
        Assert.That(await shop.AppliedAsync(), Has.Length.EqualTo(isCommitted ? 2 : 1));
        if (failure is not null)
        {
            Assert.That(((MigrationException)failure).DataState, Is.EqualTo(DataState.Restored).Or.EqualTo(DataState.Unchanged));
        }
    }

    private static async Task<Exception?> RunAsync(IMigrationManager manager)
    {
        try
        {
            await manager.MigrateAsync();
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }
}
