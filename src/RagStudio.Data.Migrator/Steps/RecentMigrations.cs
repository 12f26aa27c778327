using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>The migrations of the last steps. Their models, each as large as the whole, go with them.</summary>
internal sealed class RecentMigrations(IMigrationsAssembly migrations, MigrationArchive? archive, string efProvider)
{
    /// <summary>
    /// The commands that revert a migration are generated with the model of the previous one, which that one's own
    /// commands have needed before.
    /// </summary>
    private const int MaxKept = 2;

    private readonly Queue<(string Version, Migration Migration)> _kept = [];

    /// <summary>Gets the migration of a version; the same instance until two others have been requested.</summary>
    public Migration this[string version] =>
        _kept.FirstOrDefault(kept => MigrationIdComparer.Default.Equals(kept.Version, version)).Migration
        ?? Create(version);

    /// <summary>Gets the id before a version; <see langword="null"/> if it is the first.</summary>
    public string? Before(string version) => (
            archive is null
                ? migrations.Migrations.Keys
                // As EF orders them.
                : migrations.Migrations.Keys.Union(archive.Versions).OrderBy(id => id)
        ).TakeWhile(id => !MigrationIdComparer.Default.Equals(id, version)).LastOrDefault();

    private Migration Create(string version)
    {
        var created = migrations.Migrations.TryGetValue(version, out var type)
            ? migrations.CreateMigration(type, efProvider)
            : archive!.Migrations.Single(one => MigrationIdComparer.Default.Equals(one.Version, version)).Create();
        if (_kept.Count == MaxKept)
        {
            _kept.Dequeue();
        }
        _kept.Enqueue((version, created));
        return created;
    }
}
