using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace RagStudio.Data.SampleServerApp.Ledger;

/// <summary>Its server is only known where it runs.</summary>
public sealed class LedgerContextFactory : IDesignTimeDbContextFactory<LedgerContext>
{
    public static DbContextOptionsBuilder<LedgerContext> Configure(string connectionString) =>
        new DbContextOptionsBuilder<LedgerContext>().UseNpgsql(
            connectionString,
            npgsql => npgsql.MigrationsHistoryTable("__ef", "app")
        );

    public LedgerContext CreateDbContext(string[] args) => new(Configure("Host=db.invalid;Database=ledger").Options);
}
