using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Interop;

/// <summary>
/// Runs queries through SQLite's own functions, for data that every start of a program reads: the classes of
/// Microsoft.Data.Sqlite are not precompiled, and JIT-compiling them takes longer than the reading.
/// </summary>
internal static class SqliteHandleExtensions
{
    /// <param name="database">The open connection.</param>
    /// <param name="sql">One statement.</param>
    /// <param name="read">Called for each row.</param>
    /// <param name="parameters">The values of its parameters, in order.</param>
    /// <exception cref="SqliteException">SQLite returned an error.</exception>
    public static void ForEach(
        this sqlite3 database,
        string sql,
        Action<sqlite3_stmt> read,
        params object?[] parameters
    )
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out var statement), database);
        using (statement)
        {
            for (var i = 0; i < parameters.Length; i++)
            {
                SqliteException.ThrowExceptionForRC(Bind(statement, i + 1, parameters[i]), database);
            }
            int result;
            while ((result = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                read(statement);
            }
            SqliteException.ThrowExceptionForRC(result, database);
        }
    }

    /// <inheritdoc cref="ForEach"/>
    public static void Execute(this sqlite3 database, string sql, params object?[] parameters) =>
        database.ForEach(sql, _ => { }, parameters);

    /// <inheritdoc cref="ForEach"/>
    public static List<T> Query<T>(
        this sqlite3 database,
        string sql,
        Func<sqlite3_stmt, T> read,
        params object?[] parameters
    )
    {
        var rows = new List<T>();
        database.ForEach(sql, row => rows.Add(read(row)), parameters);
        return rows;
    }

    /// <summary>True if a query returns any row.</summary>
    public static bool Any(this sqlite3 database, string sql, params object?[] parameters)
    {
        var any = false;
        database.ForEach(sql, _ => any = true, parameters);
        return any;
    }

    public static bool HasTable(this sqlite3 database, string table) =>
        database.Any("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", table);

    /// <summary>
    /// True if a table exists and has a column, both compared case-insensitively. Answered from SQLite's
    /// schema in memory: https://sqlite.org/c3ref/table_column_metadata.html.
    /// </summary>
    public static bool HasColumn(this sqlite3 database, string table, string column)
    {
        var result = raw.sqlite3_table_column_metadata(
            database,
            "main",
            table,
            column,
            out _,
            out _,
            out _,
            out _,
            out _
        );
        if (result == raw.SQLITE_ERROR)
        {
            return false;
        }
        SqliteException.ThrowExceptionForRC(result, database);
        return true;
    }

    /// <summary>The text in a column; <see langword="null"/> for NULL.</summary>
    public static string? Text(this sqlite3_stmt row, int column) =>
        raw.sqlite3_column_text(row, column).utf8_to_string();

    public static long Int64(this sqlite3_stmt row, int column) => raw.sqlite3_column_int64(row, column);

    public static bool IsNull(this sqlite3_stmt row, int column) =>
        raw.sqlite3_column_type(row, column) == raw.SQLITE_NULL;

    public static bool Bool(this sqlite3_stmt row, int column) => row.Int64(column) != 0;

    private static int Bind(sqlite3_stmt statement, int index, object? value) =>
        value switch
        {
            null => raw.sqlite3_bind_null(statement, index),
            string text => raw.sqlite3_bind_text(statement, index, text),
            double number => raw.sqlite3_bind_double(statement, index, number),
            int number => raw.sqlite3_bind_int64(statement, index, number),
            long number => raw.sqlite3_bind_int64(statement, index, number),
            _ => throw new ArgumentException($"{value.GetType().Name} is no type of SQLite's.", nameof(value)),
        };
}
