using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Tests;

public sealed class SeedTests
{
    private const string BeforeSeed = "20250630160240_IndexLookups";

    private UnmigratedDatabases _databases = null!;
    private AppMetaContext _context = null!;

    [SetUp]
    public void Open()
    {
        _databases = new UnmigratedDatabases();
        _context = _databases.OpenAppMeta();
    }

    [TearDown]
    public void Delete()
    {
        _context.Dispose();
        _databases.Dispose();
    }

    [Test]
    public async Task A_new_database_has_the_first_settings()
    {
        await _context.Database.MigrateAsync();

        Assert.That(
            _context.Settings.OrderBy(row => row.Key).Select(row => $"{row.Key}={row.Value}"),
            Is.EqualTo(Seeds)
        );
        Assert.That(_context.Settings.Select(row => row.CreatedAt).AsEnumerable(), Is.All.EqualTo(Seeded));
    }

    [Test]
    public async Task The_users_own_value_of_a_seeded_key_is_kept()
    {
        await _context.Database.MigrateAsync(BeforeSeed);
        _context.Execute(
            "INSERT INTO settings (key, value, created_at, updated_at) VALUES ('retrieval.top_k', '3', @p0, @p0)",
            "2025-07-01 08:00:00+00:00"
        );

        await _context.Database.MigrateAsync();

        Assert.That(_context.Settings.Single(row => row.Key == "retrieval.top_k").Value, Is.EqualTo("3"));
        Assert.That(_context.Settings.Count(), Is.EqualTo(4));
    }

    [Test]
    public async Task The_way_down_takes_only_what_the_user_has_not_changed()
    {
        await _context.Database.MigrateAsync();
        _context.Execute(
            "UPDATE settings SET value = '5', updated_at = @p0 WHERE key = 'ingest.parallelism'",
            "2026-06-01T00:00:00.0000000Z"
        );

        await _context.Database.MigrateAsync(BeforeSeed);

        Assert.That(
            _context.Texts("SELECT key || '=' || value FROM settings"),
            Is.EqualTo(new[] { "ingest.parallelism=5" })
        );
    }

    private static readonly DateTimeOffset Seeded = new(2025, 8, 18, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Seeds =
    [
        "events.snapshot_interval=100",
        "ingest.parallelism=2",
        "retrieval.top_k=8",
        "runs.retention_days=90",
    ];
}
