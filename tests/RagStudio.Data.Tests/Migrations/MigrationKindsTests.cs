using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Tests;

public sealed class MigrationKindsTests
{
    [Test]
    public async Task The_shipped_migrations_show_every_kind()
    {
        using var folder = new TemporaryFolder();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddRagStudioData(options => options.DataDirectory = folder.Path)
            .BuildServiceProvider();

        var summary = await services.GetRequiredService<IMigrationManager>().MigrateAsync();
        SqliteConnection.ClearAllPools();

        var kinds = summary
            .Databases.SelectMany(database => database.Migrations)
            .ToLookup(migration => migration.Kind, migration => migration.Name);
        Assert.Multiple(() =>
        {
            Assert.That(kinds[MigrationKind.Seed], Is.EqualTo(new[] { "SeedSettings" }));
            Assert.That(
                kinds[MigrationKind.Index],
                Is.EqualTo(new[] { "IndexLookups", "IndexReferences", "IndexEventLookups", "IndexEventReferences" })
            );
            Assert.That(
                kinds[MigrationKind.Data],
                Is.EqualTo(new[] { "NormaliseLegacyText", "SearchChunks", "NormaliseEvents" })
            );
            Assert.That(kinds[MigrationKind.Schema].Count(), Is.EqualTo(10));
        });
    }
}
