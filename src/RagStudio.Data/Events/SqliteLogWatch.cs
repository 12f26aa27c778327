using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>Watches a file by SQLite's version of its data.</summary>
/// <remarks>
/// <c>PRAGMA data_version</c> changes when any other connection commits (https://sqlite.org/pragma.html#pragma_data_version).
/// Its values are comparable only on one connection, so the watch keeps one of its own, which never writes.
/// </remarks>
internal sealed class SqliteLogWatch : LogWatch
{
    private readonly EventsContext _context;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly CommitSignal? _commits;
    private long? _seen;

    private SqliteLogWatch(EventsContext context, TimeSpan interval, TimeProvider time)
    {
        (_context, _interval, _time) = (context, interval, time);
        _commits = CommitSignal.Of(context);
    }

    public static async Task<LogWatch> OpenAsync(
        EventsContext context,
        TimeSpan interval,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var watch = new SqliteLogWatch(context, interval, time);
        try
        {
            await watch._context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            watch._seen = await watch.ReadVersionAsync(cancellationToken).ConfigureAwait(false);
            return watch;
        }
        catch
        {
            await watch.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public override async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before the version is read: a commit in between ends the wait below at once.
            var committed = _commits?.Next ?? Task.Delay(Timeout.Infinite, cancellationToken);
            var version = await ReadVersionAsync(cancellationToken).ConfigureAwait(false);
            if (version != _seen)
            {
                _seen = version;
                return;
            }
            await DelayAsync(committed, cancellationToken).ConfigureAwait(false);
        }
    }

    public override ValueTask DisposeAsync() => _context.DisposeAsync();

    private async Task DelayAsync(Task committed, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Task.Delay(_interval, _time, ended.Token), committed).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<long> ReadVersionAsync(CancellationToken cancellationToken)
    {
        using var command = _context.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA data_version";
        return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }
}
