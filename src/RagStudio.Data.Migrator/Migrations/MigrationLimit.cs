using System.Reflection;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Migrations;

internal static class MigrationLimit
{
    /// <summary>The limit that the migration states, else the one of the options.</summary>
    public static TimeSpan For(KnownMigration migration, MigrationOptions options) =>
        migration.Type.GetCustomAttribute<MigrationTimeoutAttribute>() is { } attribute
            ? TimeSpan.FromSeconds(attribute.Seconds)
            : options.MigrationTimeout;
}
