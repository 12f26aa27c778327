using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>
/// Hears from SQLite what the statements of a connection do to the tables of its main database, triggers and cascades included. SQLite asks its authorizer
/// (https://sqlite.org/c3ref/set_authorizer.html) when it compiles a statement, which is right before it runs; here everything is allowed. Only the new name
/// of a table is not asked about: that is in the statement, which SQLite tells when it has run.
/// </summary>
internal sealed class StatementWatch : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly TableTrail _trail;
    private bool _isAltering;

    public StatementWatch(SqliteConnection connection, TableTrail trail)
    {
        (_connection, _trail) = (connection, trail);
        raw.sqlite3_set_authorizer(connection.Handle, Asked, null);
        raw.sqlite3_profile(connection.Handle, Ran, null);
    }

    public void Dispose()
    {
        raw.sqlite3_set_authorizer(_connection.Handle, (strdelegate_authorizer?)null, null);
        raw.sqlite3_profile(_connection.Handle, (strdelegate_profile?)null, null);
    }

    /// <summary>Must not throw: its caller is no managed code.</summary>
    private int Asked(object state, int action, string one, string two, string database, string inner)
    {
        switch (action)
        {
            case raw.SQLITE_INSERT or raw.SQLITE_DELETE or raw.SQLITE_UPDATE when database == "main":
                _trail.Touched(one);
                break;
            case raw.SQLITE_CREATE_TABLE or raw.SQLITE_CREATE_VTABLE when database == "main":
                _trail.Created(one);
                break;
            case raw.SQLITE_DROP_TABLE when database == "main":
                _trail.Dropped(one);
                break;
            // The database's name comes first, as it is written in the statement.
            case raw.SQLITE_ALTER_TABLE when one == "main":
                _isAltering = true;
                break;
        }
        return raw.SQLITE_OK;
    }

    private void Ran(object state, string sql, long nanoseconds)
    {
        if (!_isAltering)
        {
            return;
        }
        _isAltering = false;
        foreach (var statement in SqliteStatements.Read(sql))
        {
            if (statement is { Kind: SqlStatementKind.RenameTable, Table: { } table, Name: { } name })
            {
                _trail.Renamed(table, name);
            }
        }
    }
}
