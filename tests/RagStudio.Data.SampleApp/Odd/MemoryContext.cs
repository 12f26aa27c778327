using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.SampleApp;

/// <summary>Keeps nothing.</summary>
public sealed class MemoryContext : DbContext
{
    /// <inheritdoc />
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.UseSqlite("Data Source=:memory:");
}
