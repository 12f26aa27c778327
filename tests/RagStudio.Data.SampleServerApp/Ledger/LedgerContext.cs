using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.SampleServerApp.Ledger;

/// <summary>Keeps everything in a schema.</summary>
public sealed class LedgerContext(DbContextOptions<LedgerContext> options) : DbContext(options)
{
    public DbSet<Entry> Entries => Set<Entry>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.HasDefaultSchema("ledger");
}
