using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>
/// Ends whatever statement runs on a connection when a token is cancelled or a limit is over, from inside SQLite
/// (https://sqlite.org/c3ref/progress_handler.html): neither a token nor a command timeout does. The clock is
/// read here, because a timer's callback may wait for a thread that the statement itself occupies.
/// </summary>
internal sealed class SqliteInterrupt : IDisposable
{
    /// <summary>Steps of SQLite's virtual machine between two looks at the clock: well below a millisecond.</summary>
    private const int StepsBetweenLooks = 1000;

    private readonly SqliteConnection _connection;
    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly TimeSpan _limit;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _source;

    public SqliteInterrupt(SqliteConnection connection, TimeSpan limit, CancellationToken caller)
    {
        _connection = connection;
        _limit = limit;
        _caller = caller;
        _source = CancellationTokenSource.CreateLinkedTokenSource(_caller);
        if (_limit != Timeout.InfiniteTimeSpan)
        {
            _source.CancelAfter(_limit);
        }

        raw.sqlite3_progress_handler(_connection.Handle, StepsBetweenLooks, _ => MustEnd ? 1 : 0, null);
    }

    /// <summary>For managed code that runs under the same limit.</summary>
    public CancellationToken Token => _source.Token;

    public bool TimedOut =>
        !_caller.IsCancellationRequested
        && _limit != Timeout.InfiniteTimeSpan
        && Stopwatch.GetElapsedTime(_begun) >= _limit;

    private bool MustEnd => _source.IsCancellationRequested || TimedOut;

    public void Dispose()
    {
        raw.sqlite3_progress_handler(_connection.Handle, 0, null, null);
        _source.Dispose();
    }
}
