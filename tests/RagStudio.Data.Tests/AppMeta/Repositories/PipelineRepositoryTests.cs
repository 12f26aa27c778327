using static RagStudio.Data.Tests.JsonText;
using static RagStudio.Data.Tests.SampleData;

namespace RagStudio.Data.Tests;

[TestFixture(DataProvider.Sqlite)]
[TestFixture(DataProvider.PostgreSql)]
internal sealed class PipelineRepositoryTests(DataProvider provider) : DatabaseTests(provider)
{
    private PipelineRepository Pipelines => new(Data.AppMeta, Data.Time);

    [Test]
    public async Task Create_keeps_all_that_was_given()
    {
        var added = Pipeline() with
        {
            Id = "p-1",
            Config = """{"steps":[]}""",
            Description = "All files",
            Status = PipelineStatus.Active,
        };

        Assert.That((await Pipelines.CreateAsync(added)).Id, Is.EqualTo("p-1"));

        var row = await Pipelines.FindAsync("p-1");
        Assert.That((row?.Name, Compact(row?.Config)), Is.EqualTo(("ingest", """{"steps":[]}""")));
        Assert.That((row?.Description, row?.Status), Is.EqualTo(("All files", PipelineStatus.Active)));
        Assert.That(row?.CreatedAt, Is.EqualTo(Data.Time.GetUtcNow()));
    }

    [Test]
    public async Task Create_refuses_a_name_that_is_taken()
    {
        await Pipelines.CreateAsync(Pipeline());

        var error = Assert.ThrowsAsync<NameTakenException>(() => Pipelines.CreateAsync(Pipeline()));

        Assert.That((error.Table, error.Name), Is.EqualTo(("pipelines", "ingest")));
        Assert.That(Data.CountInAppMeta("pipelines"), Is.EqualTo(1));
    }

    [Test]
    public async Task List_pages_by_name()
    {
        foreach (var name in new[] { "c", "a", "d", "b" })
        {
            await Pipelines.CreateAsync(Pipeline(name));
        }

        var first = await Pipelines.ListAsync(afterName: null, limit: 3);
        var second = await Pipelines.ListAsync(first[^1].Name, limit: 3);

        Assert.That(first.Select(pipeline => pipeline.Name), Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(second.Select(pipeline => pipeline.Name), Is.EqualTo(new[] { "d" }));
    }

    [Test]
    public async Task SetStatus_switches_a_pipeline()
    {
        var id = (await Pipelines.CreateAsync(Pipeline())).Id;

        Assert.That(await Pipelines.SetStatusAsync(id, PipelineStatus.Inactive), Is.True);
        Assert.That((await Pipelines.FindAsync(id))?.Status, Is.EqualTo(PipelineStatus.Inactive));
        Assert.That(await Pipelines.SetStatusAsync("unknown", PipelineStatus.Active), Is.False);
    }
}
