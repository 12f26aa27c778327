using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.Apply;

/// <summary>Determines what a migration did to the existing rows: from SQLite's own notifications, then by counting.</summary>
internal sealed class RowEvidence : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly StatementWatch _watch;
    private readonly IMigrationObserver _observer;
    private readonly TableTracker _tracker;

    private RowEvidence(
        SqliteConnection connection,
        StatementWatch watch,
        IMigrationObserver observer,
        IReadOnlyList<WatchedTable> tables
    )
    {
        (_connection, _watch, _observer) = (connection, watch, observer);
        _tracker = new TableTracker(tables);
        watch.Resume();
        watch.Tracker = _tracker;
    }

    /// <returns>The evidence; <see langword="null"/> if nothing is observed.</returns>
    public static RowEvidence? Begin(SqliteConnection connection, StatementWatch watch, IMigrationObserver? observer) =>
        observer?.Watched is { Count: > 0 } tables ? new RowEvidence(connection, watch, observer, tables) : null;

    /// <summary>
    /// Counts the rows of the tables that may have changed, within the migration's transaction, and reports
    /// the result.
    /// </summary>
    public void Report()
    {
        Dispose();
        var existing = _connection.Query(
            "SELECT name FROM main.sqlite_master WHERE type = 'table'",
            row => row.Text(0)!
        );
        _observer.Counted(_tracker.End(existing, Count));
    }

    public void Dispose() => _watch.Tracker = null;

    private long Count(string table) => _connection.Number($"SELECT COUNT(*) FROM main.{SqliteText.Quote(table)}");
}
