using System.Data;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.Guarded;

/// <summary>
/// A context's connection, closed so that the migrator can acquire an exclusive lock. Disposing it reopens
/// what was open.
/// </summary>
internal sealed class ClosedConnection(Func<Task> reopen) : IAsyncDisposable
{
    /// <exception cref="InvalidOperationException">The connection is in a transaction.</exception>
    public static async Task<ClosedConnection> CloseAsync(DbContext context)
    {
        if (context.Database.CurrentTransaction is not null)
        {
            throw new InvalidOperationException(
                $"{context.GetType().Name} is in a transaction, within which the database can be neither locked nor backed up. Nothing was changed. Commit it, or roll it back, before migrating."
            );
        }
        var connection = context.Database.GetDbConnection();
        if (connection.State != ConnectionState.Open)
        {
            return new ClosedConnection(() => Task.CompletedTask);
        }
        await context.Database.CloseConnectionAsync().ConfigureAwait(false);
        if (connection.State != ConnectionState.Open)
        {
            return new ClosedConnection(() => context.Database.OpenConnectionAsync());
        }
        // EF was given it open, and leaves it open.
        await connection.CloseAsync().ConfigureAwait(false);
        return new ClosedConnection(() => connection.OpenAsync());
    }

    public async ValueTask DisposeAsync() => await reopen().ConfigureAwait(false);
}
