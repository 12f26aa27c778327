using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Sql;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Apply;

/// <summary>
/// Observes what the statements of a connection do to the tables of its main database, including triggers and
/// cascades. SQLite calls its authorizer (https://sqlite.org/c3ref/set_authorizer.html) when it compiles a
/// statement, right before it runs; this one allows everything. Only the new name of a renamed table is
/// missing: it is read from the statement, which SQLite passes to its profiler afterwards.
/// </summary>
internal sealed class StatementWatch : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly TableTracker _tracker;
    private bool _isAltering;

    public StatementWatch(SqliteConnection connection, TableTracker tracker)
    {
        (_connection, _tracker) = (connection, tracker);
        raw.sqlite3_set_authorizer(connection.Handle, (delegate_authorizer)OnAuthorize, null);
        raw.sqlite3_profile(connection.Handle, (delegate_profile)OnProfile, null);
    }

    public void Dispose()
    {
        raw.sqlite3_set_authorizer(_connection.Handle, (delegate_authorizer?)null, null);
        raw.sqlite3_profile(_connection.Handle, (delegate_profile?)null, null);
    }

    /// <summary>Must not throw, because its caller is native code. Also called for every column that is read.</summary>
    private int OnAuthorize(object state, int action, utf8z one, utf8z two, utf8z database, utf8z inner)
    {
        switch (action)
        {
            case raw.SQLITE_INSERT or raw.SQLITE_DELETE or raw.SQLITE_UPDATE when IsMain(database):
                _tracker.Touched(one.utf8_to_string());
                break;
            case raw.SQLITE_CREATE_TABLE or raw.SQLITE_CREATE_VTABLE when IsMain(database):
                _tracker.Created(one.utf8_to_string());
                break;
            case raw.SQLITE_DROP_TABLE when IsMain(database):
                _tracker.Dropped(one.utf8_to_string());
                break;
            // The database's name comes first, as it would in the statement.
            case raw.SQLITE_ALTER_TABLE when IsMain(one):
                _isAltering = true;
                break;
        }
        return raw.SQLITE_OK;
    }

    private static bool IsMain(utf8z database) => database.utf8_to_string() == "main";

    private void OnProfile(object state, utf8z sql, long nanoseconds)
    {
        if (!_isAltering)
        {
            return;
        }
        _isAltering = false;
        foreach (var statement in SqliteStatements.Read(sql.utf8_to_string()))
        {
            if (statement is { Kind: SqlStatementKind.RenameTable, Table: { } table, Name: { } name })
            {
                _tracker.Renamed(table, name);
            }
        }
    }
}
