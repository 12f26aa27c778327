using static RagStudio.Data.Tests.SampleData;

namespace RagStudio.Data.Tests;

/// <summary>
/// What a repository returns of a row that it wrote is what a later read returns, apart from white space in JSON, which
/// PostgreSQL renders anew.
/// </summary>
[TestFixture(DataProvider.Sqlite)]
[TestFixture(DataProvider.PostgreSql)]
internal sealed class CreatedRowTests(DataProvider provider) : DatabaseTests(provider)
{
    [SetUp]
    public void StartBetweenTwoTicks() => Data.Time.Advance(TimeSpan.FromTicks(1_234_567));

    [Test]
    public async Task What_is_created_or_edited_is_returned_as_it_is_read_later()
    {
        var bases = new KnowledgeBaseRepository(Data.AppMeta, Data.Time);
        var documents = new DocumentRepository(Data.AppMeta, Data.Time);
        var pipelines = new PipelineRepository(Data.AppMeta, Data.Time);
        var runs = new PipelineRunRepository(Data.AppMeta, Data.Time);
        var tools = new ToolRepository(Data.AppMeta, Data.Time);
        var flows = new FlowRepository(Data.AppMeta, Data.Time);
        var schedules = new ScheduleRepository(Data.AppMeta, Data.Time);

        var kb = await bases.CreateAsync(KnowledgeBase());
        var document = (await documents.AddAsync([Document(kb.Id, chunks: 2)]))[0];
        var pipeline = await pipelines.CreateAsync(Pipeline());
        var run = await runs.StartAsync(pipeline.Id, kb.Id);
        var tool = await tools.CreateAsync(Tool() with { Config = "[]", Schema = "{}" });
        var flow = await flows.CreateAsync(Flow() with { Definition = "{}" });
        var schedule = await schedules.CreateAsync(Hourly(pipeline.Id));
        Assert.Multiple(async () =>
        {
            Assert.That(kb, Is.EqualTo(await bases.FindAsync(kb.Id)).UsingPropertiesComparer());
            Assert.That(document, Is.EqualTo(await documents.FindAsync(document.Id)).UsingPropertiesComparer());
            Assert.That(pipeline, Is.EqualTo(await pipelines.FindByNameAsync("ingest")).UsingPropertiesComparer());
            Assert.That(run, Is.EqualTo(await runs.FindAsync(run.Id)).UsingPropertiesComparer());
            Assert.That(tool, Is.EqualTo(await tools.FindAsync(tool.Id)).UsingPropertiesComparer());
            Assert.That(flow, Is.EqualTo(await flows.FindAsync(flow.Id)).UsingPropertiesComparer());
            Assert.That(schedule, Is.EqualTo(await schedules.FindAsync(schedule.Id)).UsingPropertiesComparer());
        });

        Data.Time.Advance(TimeSpan.FromSeconds(1));
        var title = await documents.EditAsync(document.Id, row => row.Title = "New");
        var config = await pipelines.EditAsync(pipeline.Id, row => row.Config = "{}");
        var hidden = await tools.EditAsync(tool.Id, row => (row.Name, row.Enabled) = ("find", false));
        var graph = await flows.EditAsync(flow.Id, row => row.Definition = "[]");
        var weekly = await schedules.EditAsync(schedule.Id, row => row.CronExpression = "0 0 * * 0");
        Assert.Multiple(async () =>
        {
            Assert.That(title, Is.EqualTo(await documents.FindAsync(document.Id)).UsingPropertiesComparer());
            Assert.That(config, Is.EqualTo(await pipelines.FindAsync(pipeline.Id)).UsingPropertiesComparer());
            Assert.That(hidden, Is.EqualTo(await tools.FindByNameAsync("find")).UsingPropertiesComparer());
            Assert.That(graph, Is.EqualTo(await flows.FindByNameAsync("answer")).UsingPropertiesComparer());
            Assert.That(weekly, Is.EqualTo(await schedules.FindByNameAsync("hourly")).UsingPropertiesComparer());
            Assert.That(weekly?.UpdatedAt - schedule.UpdatedAt, Is.EqualTo(TimeSpan.FromSeconds(1)));
            Assert.That((await tools.ListAsync(null, 9)).Single().Enabled, Is.False);
            Assert.That((await schedules.ListAsync(null, 9)).Single().NextRun, Is.EqualTo(schedule.NextRun));
        });
    }

    [Test]
    public async Task An_edit_that_is_refused_or_has_no_row_writes_nothing()
    {
        var tools = new ToolRepository(Data.AppMeta, Data.Time);
        var documents = new DocumentRepository(Data.AppMeta, Data.Time);
        var kb = await new KnowledgeBaseRepository(Data.AppMeta, Data.Time).CreateAsync(KnowledgeBase());
        var document = (await documents.AddAsync([Document(kb.Id, chunks: 2)]))[0];
        await tools.CreateAsync(Tool("a"));
        var second = await tools.CreateAsync(Tool("b") with { Config = "[]", Schema = "{}" });

        Assert.That(await tools.EditAsync("unknown", row => row.Name = "c"), Is.Null);
        Assert.ThrowsAsync<NameTakenException>(() => tools.EditAsync(second.Id, row => row.Name = "a"));
        Assert.ThrowsAsync<ArgumentException>(() => documents.EditAsync(document.Id, row => row.ChunkCount = 0));

        Assert.That(await tools.FindAsync(second.Id), Is.EqualTo(second).UsingPropertiesComparer());
        Assert.That((await documents.FindAsync(document.Id))?.ChunkCount, Is.EqualTo(2));
    }

    [Test]
    public async Task A_delete_says_if_there_was_a_row_and_keeps_what_others_refer_to()
    {
        var pipelines = new PipelineRepository(Data.AppMeta, Data.Time);
        var schedules = new ScheduleRepository(Data.AppMeta, Data.Time);
        var tools = new ToolRepository(Data.AppMeta, Data.Time);
        var flows = new FlowRepository(Data.AppMeta, Data.Time);
        var settings = new SettingsRepository(Data.AppMeta, Data.Time);
        var pipeline = await pipelines.CreateAsync(Pipeline());
        var schedule = await schedules.CreateAsync(Hourly(pipeline.Id));
        await settings.SetAsync("mine", 1);

        var refused = Assert.ThrowsAsync<RowRefusedException>(() => pipelines.DeleteAsync(pipeline.Id));
        Assert.That(refused.Reason, Is.EqualTo(RowRefusal.ForeignKey));
        Assert.That(await schedules.DeleteAsync(schedule.Id), Is.True);
        Assert.That(await pipelines.DeleteAsync(pipeline.Id), Is.True);
        Assert.That(await pipelines.DeleteAsync(pipeline.Id), Is.False);
        Assert.That(
            await tools.DeleteAsync((await tools.CreateAsync(Tool() with { Config = "[]", Schema = "{}" })).Id),
            Is.True
        );
        Assert.That(await flows.DeleteAsync((await flows.CreateAsync(Flow())).Id), Is.True);
        Assert.That(await settings.DeleteAsync("mine"), Is.True);
        Assert.That((await settings.ListAsync()).Select(row => row.Key), Has.None.EqualTo("mine").And.Not.Empty);
    }

    [Test]
    public async Task Rename_renames_all_versions_unless_the_name_is_taken()
    {
        var bases = new KnowledgeBaseRepository(Data.AppMeta, Data.Time);
        await bases.CreateAsync(KnowledgeBase());
        await bases.CreateVersionAsync(KnowledgeBase());
        await bases.CreateAsync(KnowledgeBase("taken"));

        Assert.ThrowsAsync<NameTakenException>(() => bases.RenameAsync("manuals", "taken"));
        Assert.That(await bases.RenameAsync("manuals", "guides"), Is.True);
        Assert.That(await bases.RenameAsync("manuals", "guides"), Is.False);
        Assert.That(
            (await bases.ListAsync()).Select(row => row.Name),
            Is.EqualTo(new[] { "guides", "guides", "taken" })
        );
    }

    private static NewSchedule Hourly(string pipelineId) =>
        new()
        {
            Name = "hourly",
            CronExpression = "0 * * * *",
            PipelineId = pipelineId,
            NextRun = new DateTimeOffset(2026, 3, 1, 21, 0, 0, TimeSpan.FromHours(9)),
        };
}
