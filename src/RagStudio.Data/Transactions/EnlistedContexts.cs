using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data;

/// <summary>Creates contexts that work within a transaction that another context began.</summary>
internal sealed class EnlistedContexts<TContext> : IDbContextFactory<TContext>
    where TContext : DbContext
{
    private readonly DbContextOptions<TContext> _options;
    private readonly DbTransaction _transaction;
    private readonly Func<DbContextOptions<TContext>, TContext> _create;

    /// <param name="template">A context with the options to use.</param>
    /// <param name="transaction">The transaction, over a connection to the database of the template.</param>
    /// <param name="create">Calls the context's constructor.</param>
    public EnlistedContexts(
        TContext template,
        IDbContextTransaction transaction,
        Func<DbContextOptions<TContext>, TContext> create
    )
    {
        (_transaction, _create) = (transaction.GetDbTransaction(), create);
        var options = (DbContextOptions<TContext>)template.GetService<IDbContextOptions>();
        var relational = RelationalOptionsExtension.Extract(options).WithConnection(_transaction.Connection);
        _options = (DbContextOptions<TContext>)options.WithExtension(relational);
    }

    public TContext CreateDbContext()
    {
        var context = _create(_options);
        context.Database.UseTransaction(_transaction);
        return context;
    }
}
