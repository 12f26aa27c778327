using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace RagStudio.Data.SampleApp;

/// <summary>Has a factory that fails.</summary>
public sealed class BrokenContext(DbContextOptions<BrokenContext> options) : DbContext(options);

internal sealed class BrokenContextFactory : IDesignTimeDbContextFactory<BrokenContext>
{
    public BrokenContext CreateDbContext(string[] args) =>
        throw new InvalidOperationException("The variable SHOP_DATABASE is not set.");
}
