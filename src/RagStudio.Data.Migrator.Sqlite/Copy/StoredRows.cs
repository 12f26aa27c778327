using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Copy;

/// <summary>
/// The rows of a table as they are stored, whatever their columns are declared as: storage classes and bytes, in the order of
/// the rowid or the primary key.
/// </summary>
internal sealed class StoredRows
{
    private const int RowsBetweenChecks = 1000;
    private const int Ordinary = 0;

    private readonly sqlite3 _database;
    private readonly string _table;
    private readonly string _names;
    private readonly int _count;

    public StoredRows(SqliteConnection connection, string table)
    {
        (_database, _table) = (connection.Handle!, table);
        // Not the generated columns, which follow from the others.
        var columns = connection.Query(
            "SELECT \"name\" FROM pragma_table_xinfo(?) WHERE \"hidden\" = ?",
            row => SqliteText.Quote(row.Text(0)!),
            table,
            Ordinary
        );
        (_names, _count) = (string.Join(", ", columns), columns.Count);
    }

    public RelocatedTable Read(CancellationToken cancellationToken) => Read(_ => { }, cancellationToken);

    /// <summary>Copies the rows into a table with the same columns.</summary>
    /// <returns>What was read.</returns>
    public RelocatedTable CopyTo(SqliteConnection target, string table, CancellationToken cancellationToken)
    {
        var database = target.Handle!;
        var values = string.Join(", ", Enumerable.Repeat("?", _count));
        var sql = $"INSERT INTO {SqliteText.Quote(table)} ({_names}) VALUES ({values})";
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out var insert), database);
        using (insert)
        {
            return Read(row => Insert(database, insert, row), cancellationToken);
        }
    }

    private RelocatedTable Read(Action<sqlite3_stmt> forEach, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = 0L;
        // Without an index, whose order may be another one.
        _database.ForEach(
            $"SELECT {_names} FROM {SqliteText.Quote(_table)} NOT INDEXED",
            row =>
            {
                if (rows++ % RowsBetweenChecks == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }
                for (var i = 0; i < _count; i++)
                {
                    Append(hash, row, i);
                }
                forEach(row);
            }
        );
        return new RelocatedTable(_table, rows, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Appends the storage class, the length and the bytes: values cannot run into each other.</summary>
    private static void Append(IncrementalHash hash, sqlite3_stmt row, int column)
    {
        var bytes = BytesOf(row, column);
        Span<byte> head = stackalloc byte[2 * sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(head, raw.sqlite3_column_type(row, column));
        BinaryPrimitives.WriteInt32LittleEndian(head[sizeof(int)..], bytes.Length);
        hash.AppendData(head);
        hash.AppendData(bytes);
    }

    private static ReadOnlySpan<byte> BytesOf(sqlite3_stmt row, int column) =>
        raw.sqlite3_column_type(row, column) switch
        {
            raw.SQLITE_INTEGER => BitConverter.GetBytes(raw.sqlite3_column_int64(row, column)),
            raw.SQLITE_FLOAT => BitConverter.GetBytes(raw.sqlite3_column_double(row, column)),
            raw.SQLITE_TEXT => TextOf(row, column),
            raw.SQLITE_BLOB => raw.sqlite3_column_blob(row, column),
            _ => [],
        };

    private static ReadOnlySpan<byte> TextOf(sqlite3_stmt row, int column)
    {
        // First, because it converts a file of UTF-16.
        _ = raw.sqlite3_column_text(row, column);
        return raw.sqlite3_column_blob(row, column);
    }

    private void Insert(sqlite3 database, sqlite3_stmt insert, sqlite3_stmt row)
    {
        for (var i = 0; i < _count; i++)
        {
            SqliteException.ThrowExceptionForRC(Bind(insert, i + 1, row, i), database);
        }
        var result = raw.sqlite3_step(insert);
        if (result != raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(result, database);
        }
        SqliteException.ThrowExceptionForRC(raw.sqlite3_reset(insert), database);
    }

    /// <summary>An empty span has no address, which SQLite takes for NULL.</summary>
    private static int Bind(sqlite3_stmt insert, int index, sqlite3_stmt row, int column) =>
        raw.sqlite3_column_type(row, column) switch
        {
            raw.SQLITE_INTEGER => raw.sqlite3_bind_int64(insert, index, raw.sqlite3_column_int64(row, column)),
            raw.SQLITE_FLOAT => raw.sqlite3_bind_double(insert, index, raw.sqlite3_column_double(row, column)),
            raw.SQLITE_TEXT => TextOf(row, column) is { Length: > 0 } text
                ? raw.sqlite3_bind_text(insert, index, text)
                : raw.sqlite3_bind_text(insert, index, ""),
            raw.SQLITE_BLOB => raw.sqlite3_column_blob(row, column) is { Length: > 0 } bytes
                ? raw.sqlite3_bind_blob(insert, index, bytes)
                : raw.sqlite3_bind_zeroblob(insert, index, 0),
            _ => raw.sqlite3_bind_null(insert, index),
        };
}
