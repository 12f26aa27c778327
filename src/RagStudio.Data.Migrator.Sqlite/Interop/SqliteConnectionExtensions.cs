using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Interop;

/// <summary>
/// Runs short statements on an open connection through SQLite's own functions: see
/// <see cref="SqliteHandleExtensions"/>. They wait for a lock for the connection's <c>busy_timeout</c>, not
/// for the provider's command timeout.
/// </summary>
internal static class SqliteConnectionExtensions
{
    /// <param name="connection">The connection.</param>
    /// <param name="sql">One or more statements.</param>
    /// <exception cref="SqliteException">SQLite returned an error.</exception>
    public static void Execute(this SqliteConnection connection, string sql) =>
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection.Handle, sql), connection.Handle);

    /// <summary>Like <see cref="Execute"/>, for a database that may be damaged.</summary>
    /// <returns>
    /// True if SQLite could read the schema; without it SQLite does not even report the journal mode.
    /// </returns>
    public static bool TryExecute(this SqliteConnection connection, string sql)
    {
        try
        {
            connection.Execute(sql);
            return true;
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == raw.SQLITE_CORRUPT)
        {
            return false;
        }
    }

    /// <summary>Returns the number from a query with one row.</summary>
    public static long Number(this SqliteConnection connection, string sql, params object?[] parameters)
    {
        var number = 0L;
        connection.Handle!.ForEach(sql, row => number = row.Int64(0), parameters);
        return number;
    }

    /// <summary>Returns the text from a query with one row.</summary>
    public static string Text(this SqliteConnection connection, string sql)
    {
        var text = "";
        connection.Handle!.ForEach(sql, row => text = row.Text(0) ?? "");
        return text;
    }

    /// <inheritdoc cref="SqliteHandleExtensions.ForEach"/>
    public static List<T> Query<T>(
        this SqliteConnection connection,
        string sql,
        Func<sqlite3_stmt, T> read,
        params object?[] parameters
    ) => connection.Handle!.Query(sql, read, parameters);

    /// <summary>The columns of a table, with the generated ones, which pragma_table_info does not list.</summary>
    public static List<string> ColumnsOf(this SqliteConnection connection, string table) =>
        connection.Query("SELECT \"name\" FROM pragma_table_xinfo(?)", row => row.Text(0)!, table);

    public static bool HasTable(this SqliteConnection connection, string table) => connection.Handle!.HasTable(table);
}
