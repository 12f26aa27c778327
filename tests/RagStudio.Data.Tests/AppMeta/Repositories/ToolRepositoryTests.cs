using static RagStudio.Data.Tests.JsonText;
using static RagStudio.Data.Tests.SampleData;

namespace RagStudio.Data.Tests;

[TestFixture(DataProvider.Sqlite)]
[TestFixture(DataProvider.PostgreSql)]
internal sealed class ToolRepositoryTests(DataProvider provider) : DatabaseTests(provider)
{
    private ToolRepository Tools => new(Data.AppMeta, Data.Time);

    [Test]
    public async Task Create_keeps_all_that_was_given()
    {
        var id = (await Tools.CreateAsync(Tool() with { Enabled = false })).Id;

        var row = await Tools.FindByNameAsync("search");
        Assert.That((row?.Id, row?.Type, row?.Enabled), Is.EqualTo((id, "retrieval", false)));
        Assert.That(
            (Compact(row?.Config), Compact(row?.Schema)),
            Is.EqualTo(("""{"top":5}""", """{"type":"object"}"""))
        );
    }

    [Test]
    public async Task Create_refuses_a_name_that_is_taken()
    {
        await Tools.CreateAsync(Tool());

        Assert.ThrowsAsync<NameTakenException>(() => Tools.CreateAsync(Tool()));
        Assert.That(Data.CountInAppMeta("tools"), Is.EqualTo(1));
    }

    [Test]
    public async Task Create_with_an_id_that_is_taken_is_no_matter_of_names()
    {
        await Tools.CreateAsync(Tool("a") with { Id = "t" });

        var error = Assert.ThrowsAsync<RowRefusedException>(() => Tools.CreateAsync(Tool("b") with { Id = "t" }));
        Assert.That(error.Reason, Is.EqualTo(RowRefusal.ExistingKey));
    }

    [Test]
    public async Task ListEnabled_pages_by_name_and_leaves_out_what_is_hidden()
    {
        foreach (var name in new[] { "d", "b", "a", "c" })
        {
            await Tools.CreateAsync(Tool(name) with { Enabled = name != "b" });
        }

        var first = await Tools.ListEnabledAsync(afterName: null, limit: 2);
        var second = await Tools.ListEnabledAsync(first[^1].Name, limit: 2);

        Assert.That(first.Select(tool => tool.Name), Is.EqualTo(new[] { "a", "c" }));
        Assert.That(second.Select(tool => tool.Name), Is.EqualTo(new[] { "d" }));
    }

    [Test]
    public async Task Reconfigure_changes_config_and_schema()
    {
        var id = (await Tools.CreateAsync(Tool())).Id;

        Assert.That(await Tools.ReconfigureAsync(id, "[]", "{}"), Is.True);

        var row = await Tools.FindByNameAsync("search");
        Assert.That((Compact(row?.Config), Compact(row?.Schema)), Is.EqualTo(("[]", "{}")));
    }

    [Test]
    public async Task Reconfigure_with_what_is_not_json_changes_nothing()
    {
        var id = (await Tools.CreateAsync(Tool())).Id;

        Assert.ThrowsAsync<RowRefusedException>(() => Tools.ReconfigureAsync(id, "[", "{}"));
        Assert.That(Compact((await Tools.FindByNameAsync("search"))?.Config), Is.EqualTo("""{"top":5}"""));
    }

    [Test]
    public async Task SetEnabled_hides_a_tool()
    {
        var id = (await Tools.CreateAsync(Tool())).Id;

        Assert.That(await Tools.SetEnabledAsync(id, enabled: false), Is.True);
        Assert.That(await Tools.ListEnabledAsync(afterName: null, limit: 10), Is.Empty);
        Assert.That(await Tools.SetEnabledAsync("unknown", enabled: false), Is.False);
    }
}
