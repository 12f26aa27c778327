using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Tests;

internal sealed class TestContextFactory<TContext>(Func<TContext> create) : IDbContextFactory<TContext>
    where TContext : DbContext
{
    public TContext CreateDbContext() => create();
}
