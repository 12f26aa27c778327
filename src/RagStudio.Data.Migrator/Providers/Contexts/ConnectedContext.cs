using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// A context on one of the migrator's connections. Disposing it releases the context but keeps the connection
/// open.
/// </summary>
/// <param name="context">The context.</param>
/// <param name="events">Its interceptors.</param>
/// <param name="release">Releases the context.</param>
public sealed class ConnectedContext(DbContext context, ConnectionEvents events, Action release) : IDisposable
{
    /// <summary>The context.</summary>
    public DbContext Context { get; } = context;

    /// <summary>
    /// Notifies the context's interceptors of an opened connection: migrations may need the functions and
    /// collations that they register.
    /// </summary>
    /// <returns>When all interceptors have returned.</returns>
    public Task NotifyOpenedAsync() => events.OpenedAsync();

    /// <summary>Releases the context.</summary>
    public void Dispose() => release();
}
