using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RagStudio.Data.Migrator;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Tests.Hosting;

public sealed class AddRagStudioDataTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [TestCase(false, new[] { "app_meta.db", "events.db" })]
    [TestCase(true, new[] { "app_meta.db" })]
    public async Task A_started_host_has_migrated_databases_and_working_stores(bool singleDatabase, string[] files)
    {
        using var host = Host(("RagStudio:Data:SingleDatabase", singleDatabase.ToString()));
        await host.StartAsync();

        var settings = host.Services.GetRequiredService<SettingsRepository>();
        await settings.SetAsync("test.answer", 42);
        var events = host.Services.GetRequiredService<EventStore>();
        var version = await events.AppendAsync(new StreamId("a1", "test"), [new NewEvent("test.happened", "{}")]);
        var status = await host.Services.GetRequiredService<IMigrationManager>().GetStatusAsync();
        await host.StopAsync();

        Assert.Multiple(() =>
        {
            Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
            Assert.That(status.Databases.Select(d => d.Name), Is.EqualTo(new[] { "app_meta", "events" }));
            Assert.That(version, Is.EqualTo(1));
            Assert.That(Directory.GetFiles(_folder.Path, "*.db").Select(Path.GetFileName), Is.EquivalentTo(files));
        });
    }

    [TestCase("RagStudio:Data:Connections:CacheSizeMegabytes", "0", "CacheSizeMegabytes")]
    [TestCase("RagStudio:Migrations:MaxConcurrentMigrations", "99", "MaxConcurrentMigrations")]
    public void An_option_out_of_range_stops_the_host_and_is_named(string key, string value, string named)
    {
        using var host = Host((key, value));

        var failure = Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.That(failure!.Message, Does.Contain(named));
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.Empty);
    }

    private IHost Host((string Key, string Value) setting)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["RagStudio:Data:DataDirectory"] = _folder.Path,
                [setting.Key] = setting.Value,
            }
        );
        builder.Services.AddRagStudioData(builder.Configuration);
        return builder.Build();
    }
}
