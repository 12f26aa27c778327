using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>
/// The migrations that EF's migrator runs, created a second time for their models: EF keeps those that it creates, with
/// their models, until the last one has run.
/// </summary>
internal sealed class RecentMigrations(IMigrationsAssembly migrations, string efProvider)
{
    /// <summary>
    /// The commands that revert a migration are generated with the model of the previous one, which that one's own
    /// commands have needed before.
    /// </summary>
    private const int MaxKept = 2;

    private readonly Queue<(string Version, Migration Migration)> _kept = [];

    /// <summary>Gets the migration of a version; the same instance until two others have been requested.</summary>
    public Migration this[string version]
    {
        get
        {
            var kept = _kept.FirstOrDefault(kept => MigrationIdComparer.Default.Equals(kept.Version, version));
            return kept.Migration ?? Create(version);
        }
    }

    /// <summary>Gets the migration before a version; <see langword="null"/> if it is the first.</summary>
    public Migration? Before(string version)
    {
        var previous = migrations
            .Migrations.Keys.TakeWhile(id => !MigrationIdComparer.Default.Equals(id, version))
            .LastOrDefault();
        return previous is null ? null : this[previous];
    }

    /// <summary>Creates a migration that is not shared.</summary>
    public Migration CreateAnew(string version) =>
        migrations.CreateMigration(migrations.Migrations[version], efProvider);

    private Migration Create(string version)
    {
        var created = CreateAnew(version);
        if (_kept.Count == MaxKept)
        {
            _kept.Dequeue();
        }
        _kept.Enqueue((version, created));
        return created;
    }
}
