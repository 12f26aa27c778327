using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Tests;

/// <summary>
/// Tests the factories that `dotnet ef` uses. The environment belongs to the process, so tests do not run in
/// parallel.
/// </summary>
[NonParallelizable]
public sealed class DesignTimeTests
{
    private TemporaryFolder _folder = null!;
    private string _dataDirectory = null!;

    [SetUp]
    public void Point_to_a_folder_that_is_not_there()
    {
        _folder = new TemporaryFolder();
        _dataDirectory = _folder.Combine("deep", "data");
        Environment.SetEnvironmentVariable("RAGSTUDIO_DATA_DIR", _dataDirectory);
    }

    [TearDown]
    public void Reset()
    {
        Environment.SetEnvironmentVariable("RAGSTUDIO_DATA_DIR", null);
        Environment.SetEnvironmentVariable("RAGSTUDIO_SINGLE_DATABASE", null);
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Test]
    public async Task A_command_that_updates_makes_the_folder_and_both_files()
    {
        await using var appMeta = new AppMetaContextFactory().CreateDbContext([]);
        await using var events = new EventsContextFactory().CreateDbContext([]);

        await appMeta.Database.MigrateAsync();
        await events.Database.MigrateAsync();

        Assert.That(DatabaseFiles(), Is.EqualTo(new[] { "app_meta.db", "events.db" }));
    }

    [Test]
    public async Task Both_contexts_update_one_file_when_the_environment_says_so()
    {
        Environment.SetEnvironmentVariable("RAGSTUDIO_SINGLE_DATABASE", "true");
        await using var appMeta = new AppMetaContextFactory().CreateDbContext([]);
        await using var events = new EventsContextFactory().CreateDbContext([]);

        await appMeta.Database.MigrateAsync();
        await events.Database.MigrateAsync();

        Assert.That(DatabaseFiles(), Is.EqualTo(new[] { "app_meta.db" }));
        Assert.That(appMeta.Database.GetPendingMigrations().Concat(events.Database.GetPendingMigrations()), Is.Empty);
    }

    [Test]
    public async Task A_command_that_lists_makes_nothing()
    {
        await using var context = new AppMetaContextFactory().CreateDbContext([]);

        var pending = await context.Database.GetPendingMigrationsAsync();

        Assert.That(pending, Is.EqualTo(context.Database.GetMigrations()));
        Assert.That(_dataDirectory, Does.Not.Exist);
    }

    [Test]
    public void Without_a_word_from_the_environment_it_is_the_folder_data_in_the_root()
    {
        Environment.SetEnvironmentVariable("RAGSTUDIO_DATA_DIR", null);
        using var context = new AppMetaContextFactory().CreateDbContext([]);

        var file = context.Database.GetDbConnection().DataSource;

        var root = Path.GetDirectoryName(Path.GetDirectoryName(file))!;
        Assert.That(Path.GetFileName(Path.GetDirectoryName(file)), Is.EqualTo("data"));
        Assert.That(Path.Combine(root, "RagStudio.Data.proj"), Does.Exist);
    }

    private IEnumerable<string?> DatabaseFiles() =>
        Directory.GetFiles(_dataDirectory, "*.db").Select(Path.GetFileName).Order();
}
