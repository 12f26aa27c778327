using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.Sqlite.Databases;

/// <summary>A context on a connection of the migrator's. Disposing it lets go of the context, not of the connection.</summary>
internal sealed class ConnectedContext(DbContext context, ConnectionEvents events, Action release) : IDisposable
{
    public DbContext Context { get; } = context;

    /// <summary>
    /// Lets the context's interceptors do what they do with every connection that is opened: migrations may need their functions and
    /// collations.
    /// </summary>
    public Task NotifyOpenedAsync() => events.OpenedAsync();

    public void Dispose() => release();
}
