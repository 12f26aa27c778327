namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class HistoryCommandTests : CliTest
{
    [Test]
    public async Task What_EF_applied_before_the_migrator_came_is_told_without_a_time()
    {
        await MigrateAsync();
        Database.Execute(AppMeta, "DROP TABLE __migrator_history");
        var ids = (await RunAsync("status", "--json"))
            .Json.GetProperty("databases")[0]
            .GetProperty("applied")
            .EnumerateArray()
            .Select(id => id.GetString())
            .ToArray();

        var text = await RunAsync("history", "--database", "app_meta", "--limit", "100");
        var json = await RunAsync("history", "--database", "app_meta", "--json");
        var one = await RunAsync("history", "--database", "app_meta", "--json", "--limit", "1");
        var events = await RunAsync("history", "--database", "events", "--json");

        Assert.Multiple(() =>
        {
            Assert.That(text.OutLines.Skip(1), Has.Exactly(ids.Length).Contains("applied by EF"));
            Assert.That(VersionsIn(json), Is.EqualTo(ids.Reverse()));
            Assert.That(VersionsIn(one), Is.EqualTo(ids[^1..]));
            Assert.That(json.Json.GetProperty("history").GetArrayLength(), Is.Zero);
            Assert.That(events.Json.TryGetProperty("appliedByEF", out _), Is.False);
        });
    }

    private static IEnumerable<string?> VersionsIn(CliResult result) =>
        result
            .Json.GetProperty("appliedByEF")
            .EnumerateArray()
            .Select(applied => applied.GetProperty("version").GetString());
}
