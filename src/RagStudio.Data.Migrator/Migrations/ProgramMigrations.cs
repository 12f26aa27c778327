using System.Runtime.CompilerServices;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>
/// The program's migrations for a database, by id. Each is created once, however often its operations are
/// read.
/// </summary>
internal sealed class ProgramMigrations(IReadOnlyList<KnownMigration> migrations, string efProvider)
{
    private static readonly ConditionalWeakTable<IReadOnlyList<KnownMigration>, ProgramMigrations> Known = [];

    private readonly Dictionary<string, ProgramMigration> _byVersion = migrations.ToDictionary(
        migration => migration.Version,
        migration => new ProgramMigration(migration, efProvider),
        MigrationIdComparer.Default
    );

    /// <exception cref="KeyNotFoundException">There is no such migration.</exception>
    public ProgramMigration this[string version] => _byVersion[version];

    public static ProgramMigrations For(IMigrationDatabase database) =>
        Known.GetValue(database.Migrations, migrations => new ProgramMigrations(migrations, database.EFProvider));
}
