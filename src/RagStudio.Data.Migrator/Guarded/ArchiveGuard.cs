using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Guarded;

/// <summary>Keeps EF's own migrator, which knows nothing of archived migrations, from leaving them out.</summary>
internal static class ArchiveGuard
{
    /// <exception cref="InvalidOperationException">The database lacks an archived migration.</exception>
    public static void Demand(DbContext context)
    {
        if (Find(context) is { } archive)
        {
            Demand(context, archive, context.Database.GetAppliedMigrations());
        }
    }

    /// <inheritdoc cref="Demand(DbContext)"/>
    public static async Task DemandAsync(DbContext context, CancellationToken cancellationToken)
    {
        if (Find(context) is { } archive)
        {
            var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken).ConfigureAwait(false);
            Demand(context, archive, applied);
        }
    }

    /// <exception cref="InvalidOperationException">The script would begin with archived migrations.</exception>
    public static void DemandScript(DbContext context, string? from)
    {
        if (from is null or Migration.InitialDatabase && Find(context) is { } archive)
        {
            throw new InvalidOperationException(
                $"EF's script would leave out the {archive.Versions.Count} archived migrations of {context.GetType().Name}. Run 'ragstudio-db script'."
            );
        }
    }

    private static MigrationArchive? Find(DbContext context) =>
        MigrationArchive.Find(context.GetType(), context.GetService<IMigrationsAssembly>().Assembly);

    private static void Demand(DbContext context, MigrationArchive archive, IEnumerable<string> applied)
    {
        string[] missing = [.. archive.Versions.Except(applied, MigrationIdComparer.Default)];
        if (missing.Length > 0)
        {
            throw new InvalidOperationException(
                $"The database of {context.GetType().Name} lacks {VersionList.Format(missing)}, which EF does not know: archived migrations are applied by the migrator alone. Nothing was changed. Run IMigrationManager.MigrateAsync or 'ragstudio-db migrate'."
            );
        }
    }
}
