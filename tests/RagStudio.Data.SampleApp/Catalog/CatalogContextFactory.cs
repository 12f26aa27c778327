using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace RagStudio.Data.SampleApp;

internal sealed class CatalogContextFactory : IDesignTimeDbContextFactory<CatalogContext>
{
    public CatalogContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<CatalogContext>()
            .UseSqlite("Data Source=catalog.db", sqlite => sqlite.MigrationsHistoryTable("catalog_history"))
            .Options;
        return new CatalogContext(options, new DesignTimeTenant());
    }

    private sealed class DesignTimeTenant : ITenant
    {
        public string Name => "design time";
    }
}
