using Microsoft.EntityFrameworkCore;
using RagStudio.Data.Migrator.PostgreSql.Guarded;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql;

/// <summary>Makes <see cref="GuardedMigrationsOptionsExtensions"/> known that it can protect PostgreSQL databases.</summary>
public static class PostgreSqlGuardedMigrations
{
    /// <summary>
    /// Registers the provider for the whole process; repeated calls do nothing. The package makes every C# project that
    /// references it, directly or not, call this by a module initializer. A project in another language, or one that
    /// excludes the package's build files, calls it itself, before <c>UseGuardedMigrations</c>.
    /// </summary>
    public static void Register() => GuardedProviders.Register(PostgreSqlProvider.Instance);
}
