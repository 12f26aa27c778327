using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator;

/// <summary>
/// The migrations that EF's migrator runs, created a second time: EF's generator changes the operations that it is given, and EF keeps its migrations, and
/// with them their models, until the last one has run.
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
            var kept = _kept.FirstOrDefault(kept => MigrationPlanner.VersionOrder.Equals(kept.Version, version));
            return kept.Migration ?? Create(version);
        }
    }

    /// <summary>The one before a version; nothing where it is the first.</summary>
    public Migration? Before(string version)
    {
        var previous = migrations
            .Migrations.Keys.Where(id => MigrationPlanner.VersionOrder.Compare(id, version) < 0)
            .Max(MigrationPlanner.VersionOrder);
        return previous is null ? null : this[previous];
    }

    private Migration Create(string version)
    {
        var created = migrations.CreateMigration(migrations.Migrations[version], efProvider);
        if (_kept.Count == MostKept)
        {
            _kept.Dequeue();
        }
        _kept.Enqueue((version, created));
        return created;
    }
}
