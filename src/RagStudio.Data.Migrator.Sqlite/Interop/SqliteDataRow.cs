using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Interop;

/// <summary>
/// The current row of a statement, read from SQLite's own memory: https://sqlite.org/c3ref/column_blob.html.
/// </summary>
/// <param name="reader">A reader positioned at the row.</param>
/// <param name="isUtf8">True if the database stores its text as UTF-8.</param>
internal sealed unsafe class SqliteDataRow(SqliteDataReader reader, bool isUtf8) : IDataRow
{
    private readonly sqlite3_stmt _statement =
        reader.Handle ?? throw new InvalidOperationException("The query has no result.");

    private readonly bool _isDirect = isUtf8 && SqliteLibrary.ColumnBlob != null && SqliteLibrary.ColumnBytes != null;

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long GetInt64(int column) => raw.sqlite3_column_int64(_statement, column);

    public string GetString(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string() ?? "";

    public ReadOnlySpan<byte> GetUtf8(int column)
    {
        if (_isDirect)
        {
            // Also returns the text of a number. column_text does too, but the wrapper counts the bytes of
            // its result one by one.
            var statement = _statement.DangerousGetHandle();
            var text = SqliteLibrary.ColumnBlob(statement, column);
            return new ReadOnlySpan<byte>(text, SqliteLibrary.ColumnBytes(statement, column));
        }
        // Must be called first: it converts text in another encoding to UTF-8, and column_blob then returns
        // those bytes.
        _ = raw.sqlite3_column_bytes(_statement, column);
        return raw.sqlite3_column_blob(_statement, column);
    }
}
