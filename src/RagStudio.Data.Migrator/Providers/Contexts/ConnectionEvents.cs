using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>Notifies a context's interceptors of connections that EF does not open itself.</summary>
/// <param name="context">The context.</param>
/// <param name="isAsync">True to call their asynchronous methods, as EF would.</param>
public sealed class ConnectionEvents(DbContext context, bool isAsync)
{
    private readonly IRelationalConnectionDiagnosticsLogger _interceptors =
        context.GetService<IRelationalConnectionDiagnosticsLogger>();

    private readonly IRelationalConnection _connection = context.GetService<IRelationalConnection>();

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Announces that the connection is about to open: an application may create its folder then.</summary>
    /// <param name="cancellationToken">Stops the interceptors.</param>
    /// <returns>When all interceptors have returned.</returns>
    public async Task OpeningAsync(CancellationToken cancellationToken)
    {
        if (isAsync)
        {
            await _interceptors.ConnectionOpeningAsync(_connection, Now, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _interceptors.ConnectionOpening(_connection, Now);
        }
    }

    /// <summary>Announces an open connection: an application may add functions and collations to it.</summary>
    /// <returns>When all interceptors have returned.</returns>
    public async Task OpenedAsync()
    {
        if (isAsync)
        {
            await _interceptors.ConnectionOpenedAsync(_connection, Now, TimeSpan.Zero).ConfigureAwait(false);
        }
        else
        {
            _interceptors.ConnectionOpened(_connection, Now, TimeSpan.Zero);
        }
    }
}
