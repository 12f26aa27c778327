using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Catalog;

/// <summary>The C# of the guide, in a file with only the <c>using</c>s of an ordinary application.</summary>
internal static class GuideSnippets
{
    public static void Guarded(HostApplicationBuilder builder)
    {
        builder.Services.AddMigrator().AddSqliteDatabase<CatalogContext>("catalog").MigrateOnStartup();
        builder.Services.AddHealthChecks().AddMigrationCheck();
    }

    public static void GuardedEF(DbContextOptionsBuilder optionsBuilder)
    {
        optionsBuilder.UseSqlite("Data Source=catalog.db").UseGuardedMigrations();
    }

    internal sealed class CatalogContext(DbContextOptions<CatalogContext> options) : DbContext(options);
}
