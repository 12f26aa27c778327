using System.Reflection;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Migrations;

internal static class MigrationLimit
{
    /// <summary>Returns the time limit that the migration declares, or otherwise that of the options.</summary>
    public static TimeSpan For(KnownMigration migration, MigrationOptions options) =>
        migration.Type.GetCustomAttribute<MigrationTimeoutAttribute>() is { } attribute
            ? TimeSpan.FromSeconds(attribute.Seconds)
            : options.MigrationTimeout;
}
