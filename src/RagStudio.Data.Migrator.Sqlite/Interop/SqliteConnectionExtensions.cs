using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Interop;

/// <summary>
/// Short statements on an open connection, by SQLite's own functions: see <see cref="SqliteHandleExtensions"/>. They wait for a lock as long as the
/// connection's <c>busy_timeout</c> says, not as long as the provider would.
/// </summary>
internal static class SqliteConnectionExtensions
{
    /// <param name="connection">The connection.</param>
    /// <param name="sql">One statement or several.</param>
    /// <exception cref="SqliteException">SQLite has an error.</exception>
    public static void Execute(this SqliteConnection connection, string sql) =>
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection.Handle, sql), connection.Handle);

    /// <summary>The same for a database that may be damaged.</summary>
    /// <returns>True if SQLite could read the schema, without which it does not even tell the journal mode.</returns>
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

    /// <summary>The number that a query of one row gives.</summary>
    public static long Number(this SqliteConnection connection, string sql, params object?[] parameters)
    {
        var number = 0L;
        connection.Handle!.ForEach(sql, row => number = row.Int64(0), parameters);
        return number;
    }

    /// <summary>The text that a query of one row gives.</summary>
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

    public static bool HasTable(this SqliteConnection connection, string table) => connection.Handle!.HasTable(table);
}
