using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace RagStudio.Data;

/// <summary>Listens to the notification that a trigger of <c>events</c> sends with each transaction that appends.</summary>
/// <remarks>
/// After each interval without one it ends the wait too, for whoever loses notifications: a pooler that hands out its
/// connections by transaction, or a trigger that was switched off.
/// </remarks>
internal sealed class PostgreSqlLogWatch : LogWatch
{
    private readonly EventsContext _context;
    private readonly TimeSpan _interval;

    private PostgreSqlLogWatch(EventsContext context, TimeSpan interval) => (_context, _interval) = (context, interval);

    private NpgsqlConnection Connection => (NpgsqlConnection)_context.Database.GetDbConnection();

    public static async Task<LogWatch> OpenAsync(
        EventsContext context,
        TimeSpan interval,
        CancellationToken cancellationToken
    )
    {
        var watch = new PostgreSqlLogWatch(context, interval);
        try
        {
            await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await context
                .Database.ExecuteSqlRawAsync("LISTEN ragstudio_events", cancellationToken)
                .ConfigureAwait(false);
            return watch;
        }
        catch
        {
            await watch.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public override Task WaitAsync(CancellationToken cancellationToken) =>
        Connection.WaitAsync(_interval, cancellationToken);

    // The driver resets a connection that goes back into the pool, which ends its LISTEN.
    public override ValueTask DisposeAsync() => _context.DisposeAsync();
}
