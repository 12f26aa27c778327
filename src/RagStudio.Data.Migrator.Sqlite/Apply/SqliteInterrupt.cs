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

    private readonly SqliteConnection connection;
    private readonly long begun = Stopwatch.GetTimestamp();
    private readonly TimeSpan limit;
    private readonly CancellationToken caller;
    private readonly CancellationTokenSource source;

    public SqliteInterrupt(SqliteConnection connection, TimeSpan limit, CancellationToken caller)
    {
        this.connection = connection;
        this.limit = limit;
        this.caller = caller;
        source = CancellationTokenSource.CreateLinkedTokenSource(caller);
        if (limit != Timeout.InfiniteTimeSpan)
            source.CancelAfter(limit);
        raw.sqlite3_progress_handler(connection.Handle, StepsBetweenLooks, _ => MustEnd ? 1 : 0, null);
    }

    /// <summary>For managed code that runs under the same limit.</summary>
    public CancellationToken Token => source.Token;

    public bool TimedOut =>
        !caller.IsCancellationRequested
        && limit != Timeout.InfiniteTimeSpan
        && Stopwatch.GetElapsedTime(begun) >= limit;

    private bool MustEnd => source.IsCancellationRequested || TimedOut;

    public void Dispose()
    {
        raw.sqlite3_progress_handler(connection.Handle, 0, null, null);
        source.Dispose();
    }
}
