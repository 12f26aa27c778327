using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.SampleApp;

/// <summary>A context with two constructor arguments, which no container supplies at design time.</summary>
public sealed class CatalogContext(DbContextOptions<CatalogContext> options, ITenant tenant) : DbContext(options)
{
    /// <summary>The products.</summary>
    public DbSet<Product> Products => Set<Product>();

    /// <summary>The tenant that the catalog belongs to.</summary>
    public string Tenant { get; } = tenant.Name;

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<Product>().HasIndex(product => product.Name);
}
