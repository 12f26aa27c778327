using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Tests;

public sealed class StorageFormatTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private UnmigratedDatabases _databases = null!;
    private AppMetaContext _context = null!;

    [SetUp]
    public async Task Migrate()
    {
        _databases = new UnmigratedDatabases();
        _context = _databases.OpenAppMeta();
        await _context.Database.MigrateAsync();
        await _context.Settings.ExecuteDeleteAsync();
    }

    [TearDown]
    public void Delete()
    {
        _context.Dispose();
        _databases.Dispose();
    }

    [Test]
    public void A_time_is_stored_in_UTC_and_read_with_offset_zero()
    {
        var time = new DateTimeOffset(2026, 1, 2, 5, 4, 5, TimeSpan.FromHours(2)).AddTicks(1_234_567);
        Save(SettingAt("a", time));

        Assert.That(
            _context.Scalar<string>("SELECT created_at FROM settings"),
            Is.EqualTo("2026-01-02T03:04:05.1234567Z")
        );
        var read = _context.Settings.AsNoTracking().Single().CreatedAt;
        Assert.That(read, Is.EqualTo(time));
        Assert.That(read.Offset, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void Times_sort_and_compare_in_the_database()
    {
        TimeSpan[] after = [TimeSpan.FromTicks(1), TimeSpan.FromTicks(10), TimeSpan.FromSeconds(1), TimeSpan.Zero];
        Save([
            .. after.Select((span, index) => SettingAt($"{index}", (Noon + span).ToOffset(TimeSpan.FromHours(index)))),
        ]);

        Assert.That(
            _context.Settings.OrderBy(row => row.CreatedAt).Select(row => row.Key),
            Is.EqualTo(new[] { "3", "0", "1", "2" })
        );
        var limit = Noon.AddTicks(10).ToOffset(TimeSpan.FromHours(-7));
        Assert.That(_context.Settings.Count(row => row.CreatedAt < limit), Is.EqualTo(2));
    }

    [Test]
    public void A_time_that_SQLite_itself_wrote_can_be_read()
    {
        Save(SettingAt("a", Noon));
        _context.Execute("UPDATE settings SET created_at = datetime('2026-01-02T14:00:00+02:00')");

        Assert.That(_context.Settings.AsNoTracking().Single().CreatedAt, Is.EqualTo(Noon));
    }

    [TestCase(PipelineRunStatus.Pending, "pending")]
    [TestCase(PipelineRunStatus.Cancelled, "cancelled")]
    public void A_status_is_stored_as_its_word(PipelineRunStatus status, string word)
    {
        SampleRows.Fill(_context);
        _context.PipelineRuns.ExecuteUpdate(set => set.SetProperty(row => row.Status, status));

        Assert.That(_context.Texts("SELECT DISTINCT status FROM pipeline_runs"), Is.EqualTo(new[] { word }));
        Assert.That(_context.PipelineRuns.Select(row => row.Status), Is.All.EqualTo(status));
    }

    [Test]
    public void False_and_zero_are_stored_where_the_column_has_another_default()
    {
        Save(
            new Tool
            {
                Id = "t",
                Name = "t",
                Type = "t",
                Config = "{}",
                Schema = "{}",
                Enabled = false,
                CreatedAt = Noon,
                UpdatedAt = Noon,
            },
            new KnowledgeBase
            {
                Id = "k",
                Name = "k",
                Status = KnowledgeBaseStatus.Building,
                EmbedderModel = "m",
                Version = 0,
                ChunkOverlap = 0,
                HealthScore = 0,
                CreatedAt = Noon,
                UpdatedAt = Noon,
            }
        );

        Assert.That(_context.Tools.AsNoTracking().Single().Enabled, Is.False);
        var read = _context.KnowledgeBases.AsNoTracking().Single();
        Assert.That((read.Version, read.ChunkOverlap, read.HealthScore), Is.EqualTo((0, 0, 0.0)));
    }

    [Test]
    public void A_new_entity_has_the_defaults_of_its_columns()
    {
        Save(
            new KnowledgeBase
            {
                Id = "k",
                Name = "k",
                Status = KnowledgeBaseStatus.Active,
                EmbedderModel = "m",
                CreatedAt = Noon,
                UpdatedAt = Noon,
            }
        );
        _context.Execute(
            "INSERT INTO knowledge_bases (id, name, version, status, embedder_model, created_at, updated_at) "
                + "SELECT 'plain', 'plain', version, status, embedder_model, created_at, updated_at FROM knowledge_bases"
        );

        var defaults = _context
            .KnowledgeBases.Select(row => new
            {
                row.Version,
                row.ChunkSize,
                row.ChunkOverlap,
                row.HealthScore,
            })
            .ToList();
        Assert.That(defaults[0], Is.EqualTo(defaults[1]));
        Assert.That(
            defaults[0],
            Is.EqualTo(
                new
                {
                    Version = 1,
                    ChunkSize = 512,
                    ChunkOverlap = 50,
                    HealthScore = 1.0,
                }
            )
        );
    }

    private static Setting SettingAt(string key, DateTimeOffset time) =>
        new()
        {
            Key = key,
            Value = "",
            CreatedAt = time,
            UpdatedAt = time,
        };

    private void Save(params object[] entities)
    {
        _context.AddRange(entities);
        _context.SaveChanges();
    }
}
