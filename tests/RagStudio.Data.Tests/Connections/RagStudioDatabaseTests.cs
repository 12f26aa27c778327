using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Tests;

public sealed class RagStudioDatabaseTests
{
    private const string Folder = "/data of;Mode=Memory";

    [Test]
    public void Each_context_has_its_own_file_in_split_mode()
    {
        var options = new RagStudioDataOptions { DataDirectory = Folder };

        Assert.That(RagStudioDatabase.AppMeta(options).Path, Is.EqualTo(Path.GetFullPath(Folder + "/app_meta.db")));
        Assert.That(RagStudioDatabase.Events(options).Path, Is.EqualTo(Path.GetFullPath(Folder + "/events.db")));
        Assert.That(RagStudioDatabase.Events(options).HistoryTable, Is.EqualTo("__EFMigrationsHistory"));
    }

    [Test]
    public void Both_contexts_share_a_file_but_no_history_in_single_database_mode()
    {
        var options = new RagStudioDataOptions { DataDirectory = Folder, SingleDatabase = true };
        var (appMeta, events) = (RagStudioDatabase.AppMeta(options), RagStudioDatabase.Events(options));

        Assert.That(events.Path, Is.EqualTo(appMeta.Path));
        Assert.That(appMeta.HistoryTable, Is.EqualTo("__EFMigrationsHistory"));
        Assert.That(events.HistoryTable, Is.EqualTo("__EFMigrationsHistory_Events"));
        Assert.That(events.Name, Is.EqualTo("events"));
    }

    [Test]
    public void The_name_of_a_folder_cannot_change_how_a_database_is_opened()
    {
        var options = new RagStudioDataOptions { DataDirectory = Folder };
        var parsed = new SqliteConnectionStringBuilder(RagStudioDatabase.AppMeta(options).ConnectionString);

        Assert.That(parsed.Mode, Is.EqualTo(SqliteOpenMode.ReadWriteCreate));
        Assert.That(parsed.DataSource, Is.EqualTo(Path.GetFullPath(Folder + "/app_meta.db")));
        Assert.That(parsed.ForeignKeys, Is.True);
    }

    [Test]
    public void Later_changes_of_the_options_have_no_effect()
    {
        var options = new RagStudioDataOptions { DataDirectory = Folder };
        var before = RagStudioDatabase.AppMeta(options).ConnectionString;
        var database = RagStudioDatabase.AppMeta(options);

        options.DataDirectory = "/elsewhere";
        options.Connections.ForeignKeys = false;
        options.Connections.BusyTimeout = TimeSpan.FromHours(1);

        Assert.That(database.ConnectionString, Is.EqualTo(before));
    }

    [TestCase(0, 1)]
    [TestCase(1500, 2)]
    [TestCase(5000, 5)]
    public void The_provider_retries_no_longer_than_the_busy_timeout(int milliseconds, int seconds)
    {
        var options = new RagStudioDataOptions { DataDirectory = Folder };
        options.Connections.BusyTimeout = TimeSpan.FromMilliseconds(milliseconds);

        var parsed = new SqliteConnectionStringBuilder(RagStudioDatabase.Events(options).ConnectionString);

        Assert.That(parsed.DefaultTimeout, Is.EqualTo(seconds));
    }

    [Test]
    public void Options_are_valid_by_default() =>
        Assert.That(new RagStudioDataOptionsValidator().Validate(null, new()).Succeeded);

    [TestCaseSource(nameof(InvalidOptions))]
    public void An_option_out_of_its_range_is_refused_by_its_name(RagStudioDataOptions options, string name)
    {
        var result = new RagStudioDataOptionsValidator().Validate(null, options);

        Assert.That(result, Is.InstanceOf<ValidateOptionsResult>().With.Property("Failed").True);
        Assert.That(result.FailureMessage, Does.Contain(name));
    }

    [Test]
    public void Every_option_that_has_a_range_is_refused_out_of_it_by_its_whole_key()
    {
        var cases = OutOfRange.CasesOf<RagStudioDataOptions>().ToArray();

        Assert.That(cases, Has.Length.EqualTo(9));
        Assert.Multiple(() =>
        {
            foreach (var (options, key) in cases)
            {
                var failures = new RagStudioDataOptionsValidator().Validate(null, options).Failures ?? [];
                Assert.That(failures, Has.One.StartsWith($"RagStudio:Data:{key} must be "), key);
            }
        });
    }

    private static IEnumerable<TestCaseData> InvalidOptions =>
        [
            Invalid(nameof(RagStudioDataOptions.DataDirectory), options => options.DataDirectory = ""),
            Invalid("EventsSynchronous", options => options.EventsSynchronous = 0),
            Invalid("BusyTimeout", options => options.Connections.BusyTimeout = TimeSpan.FromSeconds(-1)),
            Invalid("BusyTimeout", options => options.Connections.BusyTimeout = TimeSpan.FromHours(1)),
            Invalid("CacheSizeMegabytes", options => options.Connections.CacheSizeMegabytes = 0),
            Invalid("MmapSizeMegabytes", options => options.Connections.MmapSizeMegabytes = -1),
            Invalid("TempStore", options => options.Connections.TempStore = (SqliteTempStore)9),
            Invalid("WalAutoCheckpointPages", options => options.Connections.WalAutoCheckpointPages = 0),
            Invalid("JournalSizeLimitMegabytes", options => options.Connections.JournalSizeLimitMegabytes = -1),
        ];

    private static TestCaseData Invalid(string name, Action<RagStudioDataOptions> change)
    {
        var options = new RagStudioDataOptions();
        change(options);
        return new TestCaseData(options, name).SetArgDisplayNames(name);
    }
}
