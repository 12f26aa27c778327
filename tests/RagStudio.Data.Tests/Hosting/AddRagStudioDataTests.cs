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

    [TestCase("RagStudio:Data:Connections:CacheSizeMegabytes", "0", "must be between 1 and 4096, but is 0.")]
    [TestCase(
        "RagStudio:Data:Connections:BusyTimeout",
        "01:00:00",
        "must be between 00:00:00 and 00:10:00, but is 01:00:00."
    )]
    [TestCase("RagStudio:Data:EventsSynchronous", "0", "must be one of Normal, Full, Extra, but is 0.")]
    [TestCase("RagStudio:Migrations:MaxConcurrentMigrations", "99", "must be between 1 and 16, but is 99.")]
    [TestCase("RagStudio:Migrations:MigrationTimeout", "2.00:00:00", "1.00:00:00, but is 2.00:00:00.")]
    [TestCase("RagStudio:Migrations:StartupPolicy", "7", "must be one of Migrate, Wait, VerifyOnly, Skip, but is 7.")]
    public void An_option_out_of_range_stops_the_host_and_its_whole_key_is_named(string key, string value, string rule)
    {
        using var host = Host((key, value));

        var failure = Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.That(failure!.Message, Does.StartWith(key + " must be ").And.EndsWith(rule));
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.Empty);
    }

    [TestCase("RagStudio:Data:SingleDatabase", "perhaps")]
    [TestCase("RagStudio:Data:Connections:CacheSizeMegabytes", "much")]
    [TestCase("RagStudio:Migrations:MigrationTimeout", "soon")]
    [TestCase("RagStudio:Migrations:StartupPolicy", "Migrat")]
    public void A_value_that_cannot_be_read_stops_the_host_and_its_whole_key_is_named(string key, string value)
    {
        using var host = Host((key, value));

        var failure = Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());

        Assert.That(failure!.Message, Does.Contain($"'{key}'").And.Contain($"'{value}'"));
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.Empty);
    }

    [Test]
    public void A_required_value_that_is_empty_is_named_by_its_whole_key()
    {
        using var host = Host(("RagStudio:Data:DataDirectory", ""));

        var failure = Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.That(failure!.Message, Is.EqualTo("RagStudio:Data:DataDirectory must have a value."));
    }

    [Test]
    public async Task The_policy_of_the_configuration_is_followed()
    {
        using var host = Host(("RagStudio:Migrations:StartupPolicy", "VerifyOnly"));

        var failure = Assert.ThrowsAsync<NotUpToDateException>(() => host.StartAsync());

        Assert.That(
            failure!.Status.Databases.Select(database => database.Name),
            Is.EqualTo(new[] { "app_meta", "events" })
        );
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.Empty);
        await host.StopAsync();
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
