using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace RagStudio.Data.SampleApp.Migrations;

internal sealed class LedgerContextFactory : IDesignTimeDbContextFactory<LedgerContext>
{
    public LedgerContext CreateDbContext(string[] args) =>
        new(
            new DbContextOptionsBuilder<LedgerContext>()
                .UseSqlite(
                    "Data Source=books/ledger.db",
                    sqlite => sqlite.MigrationsAssembly("RagStudio.Data.SampleApp.Migrations")
                )
                .Options
        );
}
