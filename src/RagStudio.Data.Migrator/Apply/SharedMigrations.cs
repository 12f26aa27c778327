using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator;

/// <summary>
/// Creates each migration once, so that the model that EF's migrator has built for it needs not be built again for the history. EF keeps them as
/// long as it migrates anyway.
/// </summary>
internal sealed class SharedMigrations(IMigrationsAssembly migrations) : IMigrationsAssembly
{
    private readonly Dictionary<TypeInfo, Migration> _created = [];

    public IReadOnlyDictionary<string, TypeInfo> Migrations => migrations.Migrations;

    public ModelSnapshot? ModelSnapshot => migrations.ModelSnapshot;

    public Assembly Assembly => migrations.Assembly;

    public string? FindMigrationId(string nameOrId) => migrations.FindMigrationId(nameOrId);

    public Migration CreateMigration(TypeInfo migrationClass, string activeProvider)
    {
        if (!_created.TryGetValue(migrationClass, out var migration))
        {
            _created[migrationClass] = migration = migrations.CreateMigration(migrationClass, activeProvider);
        }
        return migration;
    }

    /// <summary>A migration that nobody shares.</summary>
    public Migration CreateAnew(string version, string activeProvider) =>
        migrations.CreateMigration(migrations.Migrations[version], activeProvider);
}
