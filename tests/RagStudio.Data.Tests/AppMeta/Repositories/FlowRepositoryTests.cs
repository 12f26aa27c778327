using static RagStudio.Data.Tests.JsonText;
using static RagStudio.Data.Tests.SampleData;

namespace RagStudio.Data.Tests;

[TestFixture(DataProvider.Sqlite)]
[TestFixture(DataProvider.PostgreSql)]
internal sealed class FlowRepositoryTests(DataProvider provider) : DatabaseTests(provider)
{
    private FlowRepository Flows => new(Data.AppMeta, Data.Time);

    [Test]
    public async Task Create_keeps_all_that_was_given()
    {
        var id = (await Flows.CreateAsync(Flow() with { Description = "Answers", Enabled = false })).Id;

        var row = await Flows.FindByNameAsync("answer");
        Assert.That((row?.Id, row?.Description, row?.Enabled), Is.EqualTo((id, "Answers", false)));
        Assert.That(Compact(row?.Definition), Is.EqualTo("""{"nodes":[]}"""));
    }

    [Test]
    public async Task Create_refuses_a_name_that_is_taken()
    {
        await Flows.CreateAsync(Flow());

        Assert.ThrowsAsync<NameTakenException>(() => Flows.CreateAsync(Flow()));
        Assert.That(Data.CountInAppMeta("flows"), Is.EqualTo(1));
    }

    [Test]
    public async Task List_pages_by_name()
    {
        foreach (var name in new[] { "c", "a", "b" })
        {
            await Flows.CreateAsync(Flow(name));
        }

        var first = await Flows.ListAsync(afterName: null, limit: 2);
        var second = await Flows.ListAsync(first[^1].Name, limit: 2);

        Assert.That(first.Select(flow => flow.Name), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(second.Select(flow => flow.Name), Is.EqualTo(new[] { "c" }));
    }

    [Test]
    public async Task Redefine_changes_the_graph_unless_it_is_not_json()
    {
        var id = (await Flows.CreateAsync(Flow())).Id;

        Assert.That(await Flows.RedefineAsync(id, """{"nodes":[1]}"""), Is.True);
        Assert.ThrowsAsync<RowRefusedException>(() => Flows.RedefineAsync(id, "{"));

        Assert.That(Compact((await Flows.FindByNameAsync("answer"))?.Definition), Is.EqualTo("""{"nodes":[1]}"""));
    }

    [Test]
    public async Task SetEnabled_switches_a_flow_off()
    {
        var id = (await Flows.CreateAsync(Flow())).Id;

        Assert.That(await Flows.SetEnabledAsync(id, enabled: false), Is.True);
        Assert.That((await Flows.FindByNameAsync("answer"))?.Enabled, Is.False);
        Assert.That(await Flows.SetEnabledAsync("unknown", enabled: true), Is.False);
    }
}
