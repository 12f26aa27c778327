using Microsoft.EntityFrameworkCore;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Contexts;

/// <summary>A context on one of the migrator's connections. Disposing it releases the context but keeps the connection open.</summary>
internal sealed class ConnectedContext(DbContext context, ConnectionEvents events, Action release) : IDisposable
{
    public DbContext Context { get; } = context;

    /// <summary>Notifies the context's interceptors of an opened connection.</summary>
    public Task NotifyOpenedAsync() => events.OpenedAsync();

    public void Dispose() => release();
}
