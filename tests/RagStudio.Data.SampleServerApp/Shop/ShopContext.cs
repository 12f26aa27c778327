using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.SampleServerApp.Shop;

/// <summary>Receives its options, and nothing but its migrations tells its provider.</summary>
public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasPostgresEnum<Mood>();
        modelBuilder.Entity<Order>().HasIndex(order => order.Name).IsUnique();
        modelBuilder.Entity<Order>().Property(order => order.Mood).HasColumnType("mood");
        modelBuilder
            .Entity<Order>()
            .Property(order => order.Later)
            .HasColumnType("mood")
            .HasDefaultValueSql("'calm'::mood");
        modelBuilder.Entity<OrderLine>().Property(line => line.Amount).HasPrecision(12, 2);
    }
}
