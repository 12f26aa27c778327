using System.Diagnostics;
using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Interop;

/// <summary>
/// Aborts the statement that runs on a connection when a token is canceled or a time limit expires, from
/// inside SQLite (https://sqlite.org/c3ref/progress_handler.html): neither a token nor a command timeout
/// does. The clock is read here, because a timer's callback may have to wait for a thread that the statement
/// itself blocks.
/// </summary>
internal sealed class SqliteInterrupt : IDisposable
{
    /// <summary>
    /// The number of steps of SQLite's virtual machine between two checks of the clock, far less than a millisecond; of
    /// pages, while it checks a tree.
    /// </summary>
    private const int StepsBetweenLooks = 1_000;

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
        raw.sqlite3_progress_handler(connection.Handle, StepsBetweenLooks, _ => Look(), null);
        // Counting a table is a single step of the virtual machine, however long it takes; only an interrupt ends it.
        _registration = _source.Token.Register(() => raw.sqlite3_interrupt(connection.Handle));
    }

    /// <summary>
    /// Called from time to time on the thread of the statement, between two steps, or between two pages of a check. It
    /// must not throw.
    /// </summary>
    public Action? BetweenSteps { get; set; }

    /// <summary>For managed code that runs under the same limit.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The timer may fire slightly before the clock shows it, so either of them counts.</summary>
    public bool TimedOut =>
        !_limits.Token.IsCancellationRequested && (_source.IsCancellationRequested || TimeLeft <= TimeSpan.Zero);

    /// <summary>The time remaining; the longest time if there is no limit.</summary>
    public TimeSpan TimeLeft =>
        _limits.Timeout is { } timeout ? timeout - Stopwatch.GetElapsedTime(_begun) : TimeSpan.MaxValue;

    /// <returns>0 to go on.</returns>
    private int Look()
    {
        BetweenSteps?.Invoke();
        return _source.IsCancellationRequested || TimedOut ? 1 : 0;
    }

    public void Dispose()
    {
        // Waits for a pending interrupt, which must not hit a later statement.
        _registration.Dispose();
        raw.sqlite3_progress_handler(_connection.Handle, 0, null, null);
        _source.Dispose();
    }
}
