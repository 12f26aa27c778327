using static RagStudio.Data.Tests.EventStreams;
using static RagStudio.Data.Tests.SampleData;

namespace RagStudio.Data.Tests;

/// <summary>No query of a repository or store walks through a table: each finds its rows by an index.</summary>
internal sealed class QueryPlanTests : DatabaseTests
{
    [TestCaseSource(nameof(AppMetaQueries))]
    public async Task A_repository_finds_its_rows_by_an_index(Func<TestDatabases, Task> query)
    {
        var knowledgeBase = await Kbs(Data).CreateAsync(KnowledgeBase("x") with { Id = "x" });
        await Docs(Data).AddAsync([Document(knowledgeBase.Id, chunks: 2) with { Id = "x" }]);
        var statements = await Data.Statements.RecordAsync(() => query(Data));

        Assert.That(statements, Is.Not.Empty);
        Assert.That(QueryPlan.FullScans(Data.AppMetaDatabase, statements), Is.Empty);
    }

    [TestCaseSource(nameof(EventQueries))]
    public async Task The_event_store_finds_its_rows_by_an_index(Func<TestDatabases, Task> query)
    {
        await Data.EventStore.AppendAsync(Kb, Events(2));
        var statements = await Data.Statements.RecordAsync(() => query(Data));

        Assert.That(statements, Is.Not.Empty);
        Assert.That(QueryPlan.FullScans(Data.EventsDatabase, statements), Is.Empty);
    }

    [Test]
    public async Task Content_is_looked_up_by_its_hash_however_large_the_knowledge_base_is()
    {
        var statements = await Data.Statements.RecordAsync(async () =>
        {
            await Docs(Data).FindByContentHashAsync("x", "h");
            await Docs(Data).FindExistingHashesAsync("x", ["h"]);
        });

        var searches = QueryPlan.Steps(Data.AppMetaDatabase, statements).Where(step => step.StartsWith("SEARCH "));
        Assert.That(searches, Has.Exactly(2).Items.And.All.Contains("USING INDEX IX_documents_content_hash"));
    }

    [Test]
    public void A_query_that_does_walk_through_a_table_is_seen() =>
        Assert.That(
            QueryPlan.FullScans(Data.AppMetaDatabase, ["SELECT * FROM documents WHERE title = 'x'"]),
            Has.Count.EqualTo(1)
        );

    private static IEnumerable<TestCaseData> AppMetaQueries()
    {
        yield return Query("CreateVersion", data => Kbs(data).CreateVersionAsync(KnowledgeBase()));
        yield return Query("Find knowledge base", data => Kbs(data).FindAsync("x"));
        yield return Query("FindByName", data => Kbs(data).FindByNameAsync("x"));
        yield return Query("List knowledge bases", data => Kbs(data).ListAsync(KnowledgeBaseStatus.Active));
        yield return Query("ListVersions", data => Kbs(data).ListVersionsAsync("x"));
        yield return Query("Pin", data => Kbs(data).PinAsync("x", 1));
        yield return Query("Unpin", data => Kbs(data).UnpinAsync("x"));
        yield return Query("SetStatus", data => Kbs(data).SetStatusAsync("x", KnowledgeBaseStatus.Error));
        yield return Query("SetHealthScore", data => Kbs(data).SetHealthScoreAsync("x", 1));

        yield return Query("AddChunks", data => Docs(data).AddChunksAsync("x", []));
        yield return Query("ReplaceContent", data => Docs(data).ReplaceContentAsync("x", new("h", 1, [])));
        yield return Query("Delete document", data => Docs(data).DeleteAsync("x"));
        yield return Query("Find document", data => Docs(data).FindAsync("x"));
        yield return Query("List documents", data => Docs(data).ListAsync("x", "y", 10));
        yield return Query("ListChunks", data => Docs(data).ListChunksAsync("x", -1, 10));
        yield return Query("FindByContentHash", data => Docs(data).FindByContentHashAsync("x", "h"));
        yield return Query("FindExistingHashes", data => Docs(data).FindExistingHashesAsync("x", ["h"]));

        yield return Query("Find pipeline", data => new PipelineRepository(data.AppMeta, data.Time).FindAsync("x"));
        yield return Query(
            "List pipelines",
            data => new PipelineRepository(data.AppMeta, data.Time).ListAsync("x", 10)
        );
        yield return Query("StartQueued", data => Runs(data).StartQueuedAsync("x"));
        yield return Query("Finish", data => Runs(data).FinishAsync("x"));
        yield return Query("Cancel", data => Runs(data).CancelAsync("x"));
        yield return Query("ListRecent", data => Runs(data).ListRecentAsync(10));
        yield return Query("ListRecent of a pipeline", data => Runs(data).ListRecentAsync("x", 10));
        yield return Query("ListRunning", data => Runs(data).ListRunningAsync());

        yield return Query("Find tool", data => new ToolRepository(data.AppMeta, data.Time).FindByNameAsync("x"));
        yield return Query(
            "ListEnabled",
            data => new ToolRepository(data.AppMeta, data.Time).ListEnabledAsync("x", 10)
        );
        yield return Query("ListDue", data => Schedules(data).ListDueAsync(data.Time.GetUtcNow(), 10));
        yield return Query("RecordRun", data => Schedules(data).RecordRunAsync(Due(data), null));
        yield return Query("List flows", data => new FlowRepository(data.AppMeta, data.Time).ListAsync("x", 10));
        yield return Query("Get setting", data => new SettingsRepository(data.AppMeta, data.Time).GetAsync<int>("x"));
        yield return Query("Set setting", data => new SettingsRepository(data.AppMeta, data.Time).SetAsync("x", 1));
    }

    private static IEnumerable<TestCaseData> EventQueries()
    {
        yield return Query("Append", data => data.EventStore.AppendAsync(Kb, [Event()]));
        yield return Query("Undo", data => data.EventStore.UndoAsync(Kb));
        yield return Query("Redo", data => data.EventStore.RedoAsync(Kb));
        yield return Query("GetVersion", data => data.EventStore.GetVersionAsync(Kb));
        yield return Query("Read", data => data.EventStore.ReadAsync(Kb).NumbersAsync());
        yield return Query("ReadAll", data => data.EventStore.ReadAllAsync(1).NumbersAsync());
        yield return Query("ReadEffective", data => data.EventStore.ReadEffectiveAsync(Kb).NumbersAsync());
        yield return Query("Save snapshot", data => Snapshots(data).SaveAsync(Kb, 1, "{}"));
        yield return Query("Load", data => Snapshots(data).LoadAsync(Kb));
        yield return Query("Get checkpoint", data => new CheckpointStore(data.Events, data.Time).GetAsync("x"));
        yield return Query("Advance", data => new CheckpointStore(data.Events, data.Time).AdvanceAsync("x", 1));
    }

    private static TestCaseData Query(string name, Func<TestDatabases, Task> query) =>
        new TestCaseData(query).SetArgDisplayNames(name);

    private static KnowledgeBaseRepository Kbs(TestDatabases data) => new(data.AppMeta, data.Time);

    private static DocumentRepository Docs(TestDatabases data) => new(data.AppMeta, data.Time);

    private static PipelineRunRepository Runs(TestDatabases data) => new(data.AppMeta, data.Time);

    private static ScheduleRepository Schedules(TestDatabases data) => new(data.AppMeta, data.Time);

    private static SnapshotStore Snapshots(TestDatabases data) => new(data.Events, data.Time);

    private static DueSchedule Due(TestDatabases data) => new("x", "x", "x", "x", data.Time.GetUtcNow());
}
