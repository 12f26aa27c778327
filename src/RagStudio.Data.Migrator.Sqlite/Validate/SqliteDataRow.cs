using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>The row that a statement is at, read from SQLite's own memory: https://sqlite.org/c3ref/column_blob.html.</summary>
internal sealed class SqliteDataRow(SqliteDataReader reader) : IDataRow
{
    private readonly sqlite3_stmt _statement =
        reader.Handle ?? throw new InvalidOperationException("The query has no result.");

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long GetInt64(int column) => raw.sqlite3_column_int64(_statement, column);

    public string GetString(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string() ?? "";

    public ReadOnlySpan<byte> GetUtf8(int column)
    {
        // Asked for first: it turns a number, or text in another encoding, into UTF-8, whose bytes then are what column_blob gives. So
        // does column_text, but the wrapper counts the bytes of its result one by one.
        _ = raw.sqlite3_column_bytes(_statement, column);
        return raw.sqlite3_column_blob(_statement, column);
    }
}
