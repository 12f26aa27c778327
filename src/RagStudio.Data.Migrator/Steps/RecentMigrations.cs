using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>
/// The migrations that EF's migrator runs, created a second time for their models: EF keeps those that it creates, and the models with them, until the last
/// one has run.
/// </summary>
internal sealed class RecentMigrations(IMigrationsAssembly migrations, string efProvider)
{
    /// <summary>What reverts a migration is generated with the model of the one before it, which has been needed for that one's own commands.</summary>
    private const int MostKept = 2;

    private readonly Queue<(string Version, Migration Migration)> _kept = [];

    /// <summary>The migration of a version; the same one until two others have been asked for.</summary>
    public Migration this[string version]
    {
        get
        {
            var kept = _kept.FirstOrDefault(kept => MigrationIdComparer.Default.Equals(kept.Version, version));
            return kept.Migration ?? Create(version);
        }
    }

    /// <summary>The one before a version; nothing where it is the first.</summary>
    public Migration? Before(string version)
    {
        var previous = migrations
            .Migrations.Keys.TakeWhile(id => !MigrationIdComparer.Default.Equals(id, version))
            .LastOrDefault();
        return previous is null ? null : this[previous];
    }

    /// <summary>A migration that nobody shares.</summary>
    public Migration CreateAnew(string version) =>
        migrations.CreateMigration(migrations.Migrations[version], efProvider);

    private Migration Create(string version)
    {
        var created = CreateAnew(version);
        if (_kept.Count == MostKept)
        {
            _kept.Dequeue();
        }
        _kept.Enqueue((version, created));
        return created;
    }
}
