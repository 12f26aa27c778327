using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>The migrations of the last steps. Their models, each as large as the whole, go with them.</summary>
internal sealed class RecentMigrations(IMigrationsAssembly migrations, string efProvider)
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
    public string? Before(string version) =>
        migrations.Migrations.Keys.TakeWhile(id => !MigrationIdComparer.Default.Equals(id, version)).LastOrDefault();

    private Migration Create(string version)
    {
        var created = migrations.CreateMigration(migrations.Migrations[version], efProvider);
        if (_kept.Count == MaxKept)
        {
            _kept.Dequeue();
        }
        _kept.Enqueue((version, created));
        return created;
    }
}
