using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.PostgreSql.CrashHost;

/// <summary>A context for SQLite and PostgreSQL with columns of every kind, a reference to its own table and a circle of two.</summary>
public class ThingContext(DbContextOptions<ThingContext> options) : DbContext(options)
{
    public DbSet<Thing> Things => Set<Thing>();

    public DbSet<Owner> Owners => Set<Owner>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Thing>(thing =>
        {
            thing.ToTable("things");
            thing.HasIndex(one => one.Name).IsUnique();
            thing.HasIndex(one => one.Taken).IsUnique();
            thing.Property(one => one.Kind).HasConversion<string>();
            thing.Property(one => one.Amount).HasPrecision(18, 4);
            thing.Property(one => one.Note).HasMaxLength(10);
            if (Database.ProviderName!.StartsWith("Npgsql", StringComparison.Ordinal))
            {
                thing.Property(one => one.Document).HasColumnType("jsonb");
            }
            thing.HasOne<Thing>().WithMany().HasForeignKey(one => one.ParentId);
            thing.HasOne<Owner>().WithMany().HasForeignKey(one => one.OwnerId);
        });
        modelBuilder.Entity<Owner>(owner =>
        {
            owner.ToTable("owners");
            owner.HasOne<Thing>().WithMany().HasForeignKey(one => one.FavoriteId);
        });
    }
}

public enum ThingKind
{
    Plain,
    Odd,
}

public sealed class Thing
{
    public int Id { get; set; }
    public string Name { get; set; } = "";
    public string? Document { get; set; }
    public bool Active { get; set; }
    public ThingKind Kind { get; set; }
    public decimal Amount { get; set; }
    public double Ratio { get; set; }
    public DateTimeOffset At { get; set; }
    public DateTimeOffset? Taken { get; set; }
    public Guid Token { get; set; }
    public byte[]? Payload { get; set; }
    public string? Note { get; set; }
    public DateOnly? Day { get; set; }
    public TimeSpan? Span { get; set; }
    public long Big { get; set; }
    public int? ParentId { get; set; }
    public string? OwnerId { get; set; }
}

public sealed class Owner
{
    public string Id { get; set; } = "";
    public int? FavoriteId { get; set; }
}
