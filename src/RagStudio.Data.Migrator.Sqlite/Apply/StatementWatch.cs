using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Interop;
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
    private readonly TouchedNames _touched = new();
    private bool _isAltering;
    private bool _isAsked;

    public StatementWatch(SqliteConnection connection)
    {
        _connection = connection;
        Attach();
    }

    /// <summary>Follows the rows of one migration's tables.</summary>
    public TableTracker? Tracker { get; set; }

    /// <summary>
    /// Makes sure that the connection still has this authorizer. It has only one, and an application may have set
    /// its own.
    /// </summary>
    public void Resume()
    {
        _isAsked = false;
        _connection.Execute("SELECT 1");
        if (!_isAsked)
        {
            _touched.Miss("another authorizer was set on the connection");
            Attach();
        }
    }

    /// <summary>Ends the observation.</summary>
    public TouchedTables End()
    {
        Resume();
        Dispose();
        return _touched.Complete(_connection);
    }

    public void Dispose()
    {
        raw.sqlite3_set_authorizer(_connection.Handle, (delegate_authorizer?)null, null);
        raw.sqlite3_profile(_connection.Handle, (delegate_profile?)null, null);
    }

    private void Attach()
    {
        raw.sqlite3_set_authorizer(_connection.Handle, (delegate_authorizer)OnAuthorize, null);
        raw.sqlite3_profile(_connection.Handle, (delegate_profile)OnProfile, null);
    }

    /// <summary>Must not throw, because its caller is native code. Also called for every column that is read.</summary>
    private int OnAuthorize(object state, int action, utf8z one, utf8z two, utf8z database, utf8z inner)
    {
        _isAsked = true;
        switch (action)
        {
            case raw.SQLITE_INSERT or raw.SQLITE_DELETE or raw.SQLITE_UPDATE when IsMain(database):
                Touch(one.utf8_to_string());
                break;
            case raw.SQLITE_CREATE_TABLE or raw.SQLITE_CREATE_VTABLE when IsMain(database):
                Touch(one.utf8_to_string());
                Tracker?.Created(one.utf8_to_string());
                break;
            case raw.SQLITE_DROP_TABLE when IsMain(database):
                Touch(one.utf8_to_string());
                Tracker?.Dropped(one.utf8_to_string());
                break;
            case raw.SQLITE_DROP_VTABLE when IsMain(database):
                _touched.Add(one.utf8_to_string());
                break;
            case raw.SQLITE_CREATE_INDEX or raw.SQLITE_DROP_INDEX when IsMain(database):
                _touched.Add(two.utf8_to_string());
                break;
            case raw.SQLITE_REINDEX when IsMain(database):
                _touched.AddTableOf(one.utf8_to_string());
                break;
            // The database's name comes first, as it would in the statement.
            case raw.SQLITE_ALTER_TABLE when IsMain(one):
                _touched.Add(two.utf8_to_string());
                _isAltering = true;
                break;
            case raw.SQLITE_PRAGMA:
                _touched.AddPragma(one.utf8_to_string(), two.utf8_to_string());
                break;
            // VACUUM attaches an unnamed database, and rebuilds the file through it.
            case raw.SQLITE_ATTACH when string.IsNullOrEmpty(one.utf8_to_string()):
                _touched.Miss("the file was rebuilt (VACUUM), or an unnamed database was attached");
                break;
        }
        return raw.SQLITE_OK;
    }

    /// <summary>Rows were added, changed or deleted.</summary>
    private void Touch(string table)
    {
        _touched.Add(table);
        Tracker?.Touched(table);
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
                _touched.Add(name);
                Tracker?.Renamed(table, name);
            }
        }
    }
}
