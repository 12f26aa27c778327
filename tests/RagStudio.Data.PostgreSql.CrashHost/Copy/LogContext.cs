using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.PostgreSql.CrashHost;

/// <summary>A second context, whose rows keep their text.</summary>
public sealed class LogContext(DbContextOptions<LogContext> options) : DbContext(options)
{
    public DbSet<LogLine> Lines => Set<LogLine>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<LogLine>(line =>
        {
            line.ToTable("log_lines");
            if (Database.ProviderName!.StartsWith("Npgsql", StringComparison.Ordinal))
            {
                line.Property(one => one.Data).HasColumnType("json");
                line.Property(one => one.Time).UseCollation("C");
            }
        });
}

public sealed class LogLine
{
    public long Id { get; set; }
    public string Time { get; set; } = "";
    public string Data { get; set; } = "";
}
