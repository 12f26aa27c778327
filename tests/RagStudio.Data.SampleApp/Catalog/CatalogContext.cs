using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.SampleApp;

/// <summary>A context with two constructor arguments, of which no container is asked at design time.</summary>
public sealed class CatalogContext(DbContextOptions<CatalogContext> options, ITenant tenant) : DbContext(options)
{
    /// <summary>The products.</summary>
    public DbSet<Product> Products => Set<Product>();

    /// <summary>Whose catalog it is.</summary>
    public string Tenant { get; } = tenant.Name;

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<Product>().HasIndex(product => product.Name);
}
