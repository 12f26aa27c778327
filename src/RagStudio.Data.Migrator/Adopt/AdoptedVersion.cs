using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Adopt;

/// <summary>The version that a person names.</summary>
internal static class AdoptedVersion
{
    /// <summary>The state before every migration.</summary>
    public const string None = Migration.InitialDatabase;

    /// <summary>Finds it in each database, which may have migrations of the same name.</summary>
    /// <returns>The id in each database; <see langword="null"/> where it is not meant.</returns>
    /// <exception cref="InvalidVersionException">No database has it, or one has several.</exception>
    public static IReadOnlyDictionary<IMigrationDatabase, string?> Resolve(MigrationSet set, string? version)
    {
        if (version is null)
        {
            return set.Databases.ToDictionary(database => database, _ => (string?)null);
        }
        var found = set.Databases.ToDictionary(database => database, database => TryResolve(database, version));
        return found.Values.Any(id => id is not null)
            ? found
            : throw new InvalidVersionException(version, "is no migration of this program");
    }

    private static string? TryResolve(IMigrationDatabase database, string version) =>
        KnownMigration.TryResolve(version, database.Migrations.Select(migration => migration.Version));
}
