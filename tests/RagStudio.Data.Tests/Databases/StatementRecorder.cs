using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace RagStudio.Data.Tests;

/// <summary>
/// Records the statements that SQLite itself runs, with the parameters' values inserted, whatever code issued
/// them.
/// </summary>
internal sealed class StatementRecorder : DbConnectionInterceptor
{
    private readonly ConcurrentQueue<string> _statements = new();
    private readonly strdelegate_trace _trace;
    private volatile bool _recording;

    public StatementRecorder() => _trace = Hear;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        raw.sqlite3_trace(((SqliteConnection)connection).Handle, _trace, null);

    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }

    public async Task<IReadOnlyList<string>> RecordAsync(Func<Task> action)
    {
        _statements.Clear();
        _recording = true;
        await action();
        _recording = false;
        return [.. _statements];
    }

    private void Hear(object? state, string statement)
    {
        if (_recording)
        {
            _statements.Enqueue(statement.Trim());
        }
    }
}
