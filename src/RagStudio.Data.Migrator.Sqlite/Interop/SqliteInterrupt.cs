using System.Diagnostics;
using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Interop;

/// <summary>
/// Ends whatever statement runs on a connection when a token is cancelled or a limit is over, from inside SQLite
/// (https://sqlite.org/c3ref/progress_handler.html): neither a token nor a command timeout does. The clock is
/// read here, because a timer's callback may wait for a thread that the statement itself occupies.
/// </summary>
internal sealed class SqliteInterrupt : IDisposable
{
    /// <summary>Steps of SQLite's virtual machine between two looks at the clock: below a millisecond.</summary>
    private const int StepsBetweenLooks = 10_000;

    private readonly SqliteConnection _connection;
    private readonly WorkLimits _limits;
    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;

    public SqliteInterrupt(SqliteConnection connection, WorkLimits limits)
    {
        (_connection, _limits) = (connection, limits);
        _source = CancellationTokenSource.CreateLinkedTokenSource(limits.Token);
        if (limits.Timeout is { } timeout)
        {
            _source.CancelAfter(timeout);
        }
        raw.sqlite3_progress_handler(connection.Handle, StepsBetweenLooks, _ => MustEnd ? 1 : 0, null);
        // Counting a table is one step of the virtual machine, however long it takes; only this ends it.
        _registration = _source.Token.Register(() => raw.sqlite3_interrupt(connection.Handle));
    }

    /// <summary>For managed code that runs under the same limit.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The timer may be a little ahead of the clock: either of them tells.</summary>
    public bool TimedOut =>
        !_limits.Token.IsCancellationRequested && (_source.IsCancellationRequested || TimeLeft <= TimeSpan.Zero);

    /// <summary>What is left of the limit; the longest time where there is none.</summary>
    public TimeSpan TimeLeft =>
        _limits.Timeout is { } timeout ? timeout - Stopwatch.GetElapsedTime(_begun) : TimeSpan.MaxValue;

    private bool MustEnd => _source.IsCancellationRequested || TimedOut;

    public void Dispose()
    {
        // Waits for an interrupt that is on its way, so that it cannot hit a later statement.
        _registration.Dispose();
        raw.sqlite3_progress_handler(_connection.Handle, 0, null, null);
        _source.Dispose();
    }
}
