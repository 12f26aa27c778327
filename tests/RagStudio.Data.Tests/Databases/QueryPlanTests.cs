using System.Reflection;
using static RagStudio.Data.Tests.EventStreams;
using static RagStudio.Data.Tests.SampleData;

namespace RagStudio.Data.Tests;

/// <summary>No query of a repository or store scans a table: each finds its rows by an index.</summary>
internal sealed class QueryPlanTests : DatabaseTests
{
    [TestCaseSource(nameof(AppMetaQueries))]
    public async Task A_repository_finds_its_rows_by_an_index(string method, Func<TestDatabases, Task> query)
    {
        var knowledgeBase = await Kbs(Data).CreateAsync(KnowledgeBase("x") with { Id = "x" });
        await Docs(Data).AddAsync([Document(knowledgeBase.Id, chunks: 2) with { Id = "x" }]);
        await new PipelineRepository(Data.AppMeta, Data.Time).CreateAsync(
            new()
            {
                Id = "x",
                Name = "x",
                Config = "{}",
            }
        );
        var statements = await Data.Statements.RecordAsync(() => query(Data));

        Assert.That(statements, Is.Not.Empty, method);
        Assert.That(QueryPlan.FullScans(Data.AppMetaDatabase, statements), Is.Empty);
    }

    [TestCaseSource(nameof(EventQueries))]
    public async Task The_event_store_finds_its_rows_by_an_index(string method, Func<TestDatabases, Task> query)
    {
        await Data.EventStore.AppendAsync(Kb, Events(2));
        var statements = await Data.Statements.RecordAsync(() => query(Data));

        Assert.That(statements, Is.Not.Empty, method);
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

    [Test]
    public void No_method_of_a_repository_or_store_is_left_out()
    {
        var tried = AppMetaQueries().Concat(EventQueries()).Select(query => query.Arguments[0]!.ToString());
        var methods = Stores()
            .SelectMany(store =>
                store
                    .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                    .Select(method => $"{store.Name}.{method.Name}")
            )
            .Distinct();
        Assert.That(tried.Distinct(), Is.EquivalentTo(methods));
    }

    private static IEnumerable<Type> Stores() =>
        typeof(EventStore).Assembly.ExportedTypes.Where(type =>
            type.Name.EndsWith("Repository", StringComparison.Ordinal)
            || type.Name.EndsWith("Store", StringComparison.Ordinal)
        );

    private static IEnumerable<TestCaseData> AppMetaQueries() =>
        [
            .. KnowledgeBaseQueries(),
            .. DocumentQueries(),
            .. PipelineQueries(),
            .. RunQueries(),
            .. ToolAndFlowQueries(),
            .. ScheduleAndSettingQueries(),
        ];

    private static IEnumerable<TestCaseData> KnowledgeBaseQueries()
    {
        static TestCaseData Of(string method, Func<KnowledgeBaseRepository, Task> query) =>
            Query<KnowledgeBaseRepository>(method, data => query(Kbs(data)));

        yield return Of("CreateAsync", kbs => kbs.CreateAsync(KnowledgeBase("new")));
        yield return Of("CreateVersionAsync", kbs => kbs.CreateVersionAsync(KnowledgeBase()));
        yield return Of("FindAsync", kbs => kbs.FindAsync("x"));
        yield return Of("FindByNameAsync", kbs => kbs.FindByNameAsync("x"));
        yield return Of("ListAsync", kbs => kbs.ListAsync(KnowledgeBaseStatus.Active));
        yield return Of("ListVersionsAsync", kbs => kbs.ListVersionsAsync("x"));
        yield return Of("PinAsync", kbs => kbs.PinAsync("x", 1));
        yield return Of("UnpinAsync", kbs => kbs.UnpinAsync("x"));
        yield return Of("SetStatusAsync", kbs => kbs.SetStatusAsync("x", KnowledgeBaseStatus.Error));
        yield return Of("SetHealthScoreAsync", kbs => kbs.SetHealthScoreAsync("x", 1));
        yield return Of("EditAsync", kbs => kbs.EditAsync("x", row => row.Description = "new"));
        yield return Of("RenameAsync", kbs => kbs.RenameAsync("x", "new"));
        yield return Of("DeleteAsync", kbs => kbs.DeleteAsync("x"));
        yield return Of("FlushAsync", kbs => kbs.FlushAsync());
    }

    private static IEnumerable<TestCaseData> DocumentQueries()
    {
        static TestCaseData Of(string method, Func<DocumentRepository, Task> query) =>
            Query<DocumentRepository>(method, data => query(Docs(data)));

        yield return Of("AddAsync", docs => docs.AddAsync([Document("x", chunks: 1) with { Id = "new" }]));
        yield return Of("AddChunksAsync", docs => docs.AddChunksAsync("x", []));
        yield return Of("ReplaceContentAsync", docs => docs.ReplaceContentAsync("x", new("h", 1, [])));
        yield return Of("EditAsync", docs => docs.EditAsync("x", row => row.Title = "new"));
        yield return Of("DeleteAsync", docs => docs.DeleteAsync("x"));
        yield return Of("FlushAsync", docs => docs.FlushAsync());
        yield return Of("FindAsync", docs => docs.FindAsync("x"));
        yield return Of("ListAsync", docs => docs.ListAsync("x", "y", 10));
        yield return Of("ListChunksAsync", docs => docs.ListChunksAsync("x", -1, 10));
        yield return Of("FindByContentHashAsync", docs => docs.FindByContentHashAsync("x", "h"));
        yield return Of("FindExistingHashesAsync", docs => docs.FindExistingHashesAsync("x", ["h"]));
    }

    private static IEnumerable<TestCaseData> PipelineQueries()
    {
        static TestCaseData Of(string method, Func<PipelineRepository, Task> query) =>
            Query<PipelineRepository>(method, data => query(new(data.AppMeta, data.Time)));

        yield return Of("CreateAsync", all => all.CreateAsync(new() { Name = "new", Config = "{}" }));
        yield return Of("FindAsync", all => all.FindAsync("x"));
        yield return Of("ListAsync", all => all.ListAsync("x", 10));
        yield return Of("FindByNameAsync", all => all.FindByNameAsync("x"));
        yield return Of("EditAsync", all => all.EditAsync("x", row => row.Config = "[]"));
        yield return Of("DeleteAsync", all => all.DeleteAsync("x"));
        yield return Of("SetStatusAsync", all => all.SetStatusAsync("x", PipelineStatus.Active));
    }

    private static IEnumerable<TestCaseData> RunQueries()
    {
        static TestCaseData Of(string method, Func<PipelineRunRepository, Task> query) =>
            Query<PipelineRunRepository>(method, data => query(new(data.AppMeta, data.Time)));

        yield return Of("EnqueueAsync", runs => runs.EnqueueAsync("x"));
        yield return Of("StartAsync", runs => runs.StartAsync("x"));
        yield return Of("StartQueuedAsync", runs => runs.StartQueuedAsync("x"));
        yield return Of("FinishAsync", runs => runs.FinishAsync("x"));
        yield return Of("FailAsync", runs => runs.FailAsync("x", "why"));
        yield return Of("CancelAsync", runs => runs.CancelAsync("x"));
        yield return Of("FindAsync", runs => runs.FindAsync("x"));
        yield return Of("ListRecentAsync", runs => runs.ListRecentAsync(10));
        yield return Of("ListRecentAsync", runs => runs.ListRecentAsync("x", 10)).SetArgDisplayNames("of a pipeline");
        yield return Of("ListPendingAsync", runs => runs.ListPendingAsync(10));
        yield return Of("DeleteEndedAsync", runs => runs.DeleteEndedAsync("x"));
        yield return Of("ListRunningAsync", runs => runs.ListRunningAsync());
    }

    private static IEnumerable<TestCaseData> ToolAndFlowQueries()
    {
        static TestCaseData OfTools(string method, Func<ToolRepository, Task> query) =>
            Query<ToolRepository>(method, data => query(new(data.AppMeta, data.Time)));
        static TestCaseData OfFlows(string method, Func<FlowRepository, Task> query) =>
            Query<FlowRepository>(method, data => query(new(data.AppMeta, data.Time)));

        yield return OfTools("CreateAsync", tools => tools.CreateAsync(Tool()));
        yield return OfTools("FindByNameAsync", tools => tools.FindByNameAsync("x"));
        yield return OfTools("ListEnabledAsync", tools => tools.ListEnabledAsync("x", 10));
        yield return OfTools("ReconfigureAsync", tools => tools.ReconfigureAsync("x", "{}", "{}"));
        yield return OfTools("SetEnabledAsync", tools => tools.SetEnabledAsync("x", true));
        yield return OfTools("FindAsync", tools => tools.FindAsync("x"));
        yield return OfTools("ListAsync", tools => tools.ListAsync("x", 10));
        yield return OfTools("EditAsync", tools => tools.EditAsync("x", row => row.Config = "[]"));
        yield return OfTools("DeleteAsync", tools => tools.DeleteAsync("x"));
        yield return OfFlows("FindAsync", flows => flows.FindAsync("x"));
        yield return OfFlows("EditAsync", flows => flows.EditAsync("x", row => row.Definition = "[]"));
        yield return OfFlows("DeleteAsync", flows => flows.DeleteAsync("x"));
        yield return OfFlows("CreateAsync", flows => flows.CreateAsync(new() { Name = "new", Definition = "{}" }));
        yield return OfFlows("FindByNameAsync", flows => flows.FindByNameAsync("x"));
        yield return OfFlows("ListAsync", flows => flows.ListAsync("x", 10));
        yield return OfFlows("RedefineAsync", flows => flows.RedefineAsync("x", "{}"));
        yield return OfFlows("SetEnabledAsync", flows => flows.SetEnabledAsync("x", true));
    }

    private static IEnumerable<TestCaseData> ScheduleAndSettingQueries()
    {
        static TestCaseData OfSchedules(string method, Func<ScheduleRepository, TestDatabases, Task> query) =>
            Query<ScheduleRepository>(method, data => query(new(data.AppMeta, data.Time), data));
        static TestCaseData Setting(string method, Func<SettingsRepository, Task> query) =>
            Query<SettingsRepository>(method, data => query(new(data.AppMeta, data.Time)));

        yield return OfSchedules("CreateAsync", (all, _) => all.CreateAsync(Schedule()));
        yield return OfSchedules("FindByNameAsync", (all, _) => all.FindByNameAsync("x"));
        yield return OfSchedules("ListDueAsync", (all, data) => all.ListDueAsync(data.Time.GetUtcNow(), 10));
        yield return OfSchedules("RecordRunAsync", (all, data) => all.RecordRunAsync(Due(data), null));
        yield return OfSchedules("SetEnabledAsync", (all, _) => all.SetEnabledAsync("x", true, null));
        yield return OfSchedules("FindAsync", (all, _) => all.FindAsync("x"));
        yield return OfSchedules("ListAsync", (all, _) => all.ListAsync("x", 10));
        yield return OfSchedules("EditAsync", (all, _) => all.EditAsync("x", row => row.NextRun = null));
        yield return OfSchedules("DeleteAsync", (all, _) => all.DeleteAsync("x"));
        yield return Setting("ListAsync", settings => settings.ListAsync());
        yield return Setting("DeleteAsync", settings => settings.DeleteAsync("x"));
        yield return Setting("GetAsync", settings => settings.GetAsync<int>("x"));
        yield return Setting("SetAsync", settings => settings.SetAsync("x", 1));
    }

    private static IEnumerable<TestCaseData> EventQueries()
    {
        static TestCaseData OfEvents(string method, Func<EventStore, Task> query) =>
            Query<EventStore>(method, data => query(data.EventStore));
        static TestCaseData Snapshot(string method, Func<SnapshotStore, Task> query) =>
            Query<SnapshotStore>(method, data => query(new(data.Events, data.Time)));
        static TestCaseData Checkpoint(string method, Func<CheckpointStore, Task> query) =>
            Query<CheckpointStore>(method, data => query(new(data.Events, data.Time)));

        yield return OfEvents("AppendAsync", events => events.AppendAsync(Kb, [Event()]));
        yield return OfEvents("UndoAsync", events => events.UndoAsync(Kb));
        yield return OfEvents("RedoAsync", events => events.RedoAsync(Kb));
        yield return OfEvents("GetVersionAsync", events => events.GetVersionAsync(Kb));
        yield return OfEvents("ReadAsync", events => events.ReadAsync(Kb).NumbersAsync());
        yield return OfEvents("ReadAllAsync", events => events.ReadAllAsync(1).NumbersAsync());
        yield return OfEvents("ReadEffectiveAsync", events => events.ReadEffectiveAsync(Kb).NumbersAsync());
        yield return Snapshot("SaveAsync", snapshots => snapshots.SaveAsync(Kb, 1, "{}"));
        yield return Snapshot("LoadAsync", snapshots => snapshots.LoadAsync(Kb));
        yield return Checkpoint("GetAsync", checkpoints => checkpoints.GetAsync("x"));
        yield return Checkpoint("ListAsync", checkpoints => checkpoints.ListAsync());
        yield return Checkpoint("AdvanceAsync", checkpoints => checkpoints.AdvanceAsync("x", 1));
    }

    private static TestCaseData Query<TStore>(string method, Func<TestDatabases, Task> query)
    {
        var name = $"{typeof(TStore).Name}.{method}";
        return new TestCaseData(name, query).SetArgDisplayNames(name);
    }

    private static KnowledgeBaseRepository Kbs(TestDatabases data) => new(data.AppMeta, data.Time);

    private static DocumentRepository Docs(TestDatabases data) => new(data.AppMeta, data.Time);

    private static NewSchedule Schedule() =>
        new()
        {
            Name = "new",
            CronExpression = "0 0 * * *",
            PipelineId = "x",
            NextRun = null,
        };

    private static DueSchedule Due(TestDatabases data) => new("x", "x", "x", "x", data.Time.GetUtcNow());
}
