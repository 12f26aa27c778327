namespace RagStudio.Data.Tests;

/// <summary>What a failover leaves: pooled connections whose sessions have ended.</summary>
internal sealed class EndedSessionTests() : DatabaseTests(DataProvider.PostgreSql)
{
    [Test]
    public async Task A_write_that_has_not_begun_is_tried_again()
    {
        await Data.EventStore.AppendAsync(EventStreams.Kb, [EventStreams.Event()]);
        var bases = new KnowledgeBaseRepository(Data.AppMeta, Data.Time);
        await bases.CreateAsync(SampleData.KnowledgeBase());

        await Server.Database.ScalarAsync<long>(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        );

        Assert.That(await Data.EventStore.AppendAsync(EventStreams.Kb, [EventStreams.Event()]), Is.EqualTo(2));
        Assert.That((await bases.CreateVersionAsync(SampleData.KnowledgeBase())).Version, Is.EqualTo(2));
    }
}
