using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Tests;

/// <summary>Tests how the data migrations convert the rows of the first releases, and back.</summary>
public sealed class LegacyTextTests
{
    private const string LastLegacyAppMeta = "20251020124425_TrackDocumentOrigins";
    private const string LastLegacyEvents = "20250923071102_IndexEventLookups";

    private UnmigratedDatabases _databases = null!;
    private AppMetaContext _appMeta = null!;
    private EventsContext _events = null!;

    [SetUp]
    public async Task Fill_the_legacy_schema()
    {
        _databases = new UnmigratedDatabases();
        _appMeta = _databases.OpenAppMeta();
        _events = _databases.OpenEvents();
        await _appMeta.Database.MigrateAsync(LastLegacyAppMeta);
        await _events.Database.MigrateAsync(LastLegacyEvents);
        SampleRows.FillLegacy(_appMeta);
        SampleRows.FillLegacy(_events);
    }

    [TearDown]
    public void Delete()
    {
        _appMeta.Dispose();
        _events.Dispose();
        _databases.Dispose();
    }

    [TestCase("2026-01-02 03:04:05", "2026-01-02T03:04:05.0000000Z")]
    [TestCase("2026-01-02 03:04:05.9999999", "2026-01-02T03:04:05.9999999Z")]
    [TestCase("2026-01-02 03:04:59.9999999+00:00", "2026-01-02T03:04:59.9999999Z")]
    [TestCase("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.0000000Z")]
    [TestCase("2026-01-02T03:04:05.12Z", "2026-01-02T03:04:05.1200000Z")]
    [TestCase("2026-01-01 23:34:05.5-03:30", "2026-01-02T03:04:05.5000000Z")]
    [TestCase("2026-01-02 05:04:05.123+02:00", "2026-01-02T03:04:05.1230000Z")]
    [TestCase("2026-01-02", "2026-01-02T00:00:00.0000000Z")]
    [TestCase("2026-01-02T03:04:05.1234567Z", "2026-01-02T03:04:05.1234567Z")]
    [TestCase("not a time", "not a time")]
    public async Task A_time_becomes_UTC_of_fixed_width(string legacy, string expected)
    {
        _appMeta.Execute("UPDATE schedules SET next_run = @p0", legacy);

        await _appMeta.Database.MigrateAsync();

        Assert.That(_appMeta.Texts("SELECT DISTINCT next_run FROM schedules"), Is.EqualTo(new[] { expected }));
    }

    [Test]
    public async Task Every_row_can_be_read_and_none_is_lost()
    {
        var before = Content.Of(_appMeta).RowCounts.Concat(Content.Of(_events).RowCounts).ToList();

        await _appMeta.Database.MigrateAsync();
        await _events.Database.MigrateAsync();

        Assert.That(Content.Of(_appMeta).RowCounts.Concat(Content.Of(_events).RowCounts), Is.EqualTo(before));
        Assert.That(_appMeta.Documents.Select(row => row.UpdatedAt).AsEnumerable(), Is.EqualTo(Updates));
        Assert.That(_appMeta.PipelineRuns.Select(row => row.Status), Is.All.EqualTo(PipelineRunStatus.Running));
        Assert.That(_appMeta.DocumentChunks.Select(row => row.ContentHash), Is.All.Match("^[0-9a-f]{64}$"));
        Assert.That(_events.Events.Select(row => row.Checksum), Is.All.Match("^[0-9a-f]{64}$"));
    }

    [Test]
    public async Task Text_that_is_no_JSON_is_kept_inside_JSON_and_comes_back()
    {
        await _appMeta.Database.MigrateAsync();
        await _events.Database.MigrateAsync();

        Assert.That(_appMeta.Tools.Select(row => row.Config), Is.EqualTo(Wrapped));
        Assert.That(_events.Events.Select(row => row.EventData), Is.EqualTo(Wrapped));

        await _appMeta.Database.MigrateAsync(LastLegacyAppMeta);
        await _events.Database.MigrateAsync(LastLegacyEvents);

        Assert.That(_appMeta.Texts("SELECT config FROM tools"), Is.EqualTo(LegacyJson));
        Assert.That(_events.Texts("SELECT event_data FROM events"), Is.EqualTo(LegacyJson));
    }

    [TestCase("knowledge_bases", "error")]
    [TestCase("pipelines", "draft")]
    [TestCase("pipeline_runs", "failed")]
    public async Task A_status_that_nobody_knows_becomes_one_that_asks_for_attention(string table, string expected)
    {
        _appMeta.Execute($"UPDATE {table} SET status = 'Paused' WHERE id = 'id 1'");

        await _appMeta.Database.MigrateAsync();

        Assert.That(_appMeta.Scalar<string>($"SELECT status FROM {table} WHERE id = 'id 1'"), Is.EqualTo(expected));
    }

    [Test]
    public async Task The_way_down_writes_what_the_first_releases_read()
    {
        await _appMeta.Database.MigrateAsync();
        await _appMeta.Database.MigrateAsync(LastLegacyAppMeta);

        var document = _appMeta.Rows("documents")[0];
        Assert.That(document["created_at"], Is.EqualTo("2026-02-01 03:04:05+00:00"));
        Assert.That(document["updated_at"], Is.EqualTo("2026-02-01 03:04:05.5+00:00"));
        Assert.That(document["content_hash"], Does.Match("^[0-9A-F]{64}$"));
        Assert.That(_appMeta.Texts("SELECT DISTINCT status FROM pipeline_runs"), Is.EqualTo(new[] { "Running" }));
    }

    private static readonly string[] Wrapped = ["""{"unparsed":"not json"}""", """{"a":1}"""];
    private static readonly string[] LegacyJson = ["not json", """{"a":1}"""];
    private static readonly DateTimeOffset[] Updates =
    [
        new(2026, 2, 1, 3, 4, 5, 500, TimeSpan.Zero),
        new(2026, 2, 2, 3, 4, 5, 500, TimeSpan.Zero),
    ];
}
