using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Tests;

[TestFixture(DataProvider.Sqlite)]
[TestFixture(DataProvider.PostgreSql)]
internal sealed class SettingsRepositoryTests(DataProvider provider) : DatabaseTests(provider)
{
    private SettingsRepository Settings => new(Data.AppMeta, Data.Time);

    [Test]
    public async Task Get_of_a_key_that_was_never_set_is_null() =>
        Assert.That(await Settings.GetAsync<int>("test.key"), Is.Null);

    [Test]
    public async Task Set_stores_a_value_that_get_reads_as_the_same_type()
    {
        var window = new Window("main", [10, 20]);

        await Settings.SetAsync("test.window", window, schemaVersion: 3);

        var setting = await Settings.GetAsync<Window>("test.window");
        Assert.That(setting?.Value?.Name, Is.EqualTo("main"));
        Assert.That(setting?.Value?.Position, Is.EqualTo(new[] { 10, 20 }));
        Assert.That((setting?.SchemaVersion, setting?.UpdatedAt), Is.EqualTo((3, Data.Time.GetUtcNow())));
        Assert.That(await StoredTextAsync("test.window"), Is.EqualTo("""{"name":"main","position":[10,20]}"""));
    }

    [Test]
    public async Task Set_replaces_a_value_and_keeps_when_it_was_made()
    {
        await Settings.SetAsync("test.key", "old");
        var made = Data.Time.GetUtcNow();
        Data.Time.Advance(TimeSpan.FromDays(1));

        await Settings.SetAsync("test.key", false, schemaVersion: 2);

        using var context = Data.AppMeta.CreateDbContext();
        var row = await context.Settings.SingleAsync(row => row.Key == "test.key");
        Assert.That((row.Value, row.SchemaVersion), Is.EqualTo(("false", 2)));
        Assert.That((row.CreatedAt, row.UpdatedAt), Is.EqualTo((made, made.AddDays(1))));
    }

    [Test]
    public async Task Set_of_one_key_by_many_at_once_leaves_one_row()
    {
        var before = Data.CountInAppMeta("settings");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => Settings.SetAsync("test.key", i))));

        Assert.That(Data.CountInAppMeta("settings"), Is.EqualTo(before + 1));
    }

    [Test]
    public async Task Get_as_another_type_names_the_key_and_the_schema_version()
    {
        await Settings.SetAsync("test.key", "text", schemaVersion: 4);

        var error = Assert.ThrowsAsync<SettingFormatException>(() => Settings.GetAsync<int>("test.key"));

        Assert.That((error.Key, error.SchemaVersion), Is.EqualTo(("test.key", 4)));
        Assert.That(error.Message, Does.Contain("test.key").And.Contain("Int32"));
        Assert.That((await Settings.GetAsync<string>("test.key"))?.Value, Is.EqualTo("text"));
    }

    [Test]
    public void Set_refuses_a_schema_version_below_one() =>
        Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Settings.SetAsync("test.key", 1, schemaVersion: 0));

    private async Task<string> StoredTextAsync(string key)
    {
        using var context = Data.AppMeta.CreateDbContext();
        return await context.Settings.Where(row => row.Key == key).Select(row => row.Value).SingleAsync();
    }

    private sealed record Window(string Name, int[] Position);
}
