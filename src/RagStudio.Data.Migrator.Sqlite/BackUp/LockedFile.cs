using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Logs;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.BackUp;

/// <summary>
/// The bytes of a database file that a connection has locked exclusively, read through SQLite's own handle.
/// </summary>
internal sealed unsafe class LockedFile(SqliteConnection connection, OpenFile* file, long pages, long pageBytes)
{
    private const int LockState = 1;
    private const int ExclusiveLocked = 4;
    private const int NoTransaction = 0;
    private const int Busy = 0;
    private const int LeftInWal = 1;

    public long Pages => pages;

    public long PageBytes => pageBytes;

    public long Bytes => Pages * PageBytes;

    /// <summary>The file, complete until the connection next writes.</summary>
    /// <returns>
    /// <see langword="null"/> if the file alone may not be the whole database, or cannot be read this way.
    /// </returns>
    public static LockedFile? TryOpen(SqliteConnection connection)
    {
        var file = OpenFile.TryGet(connection);
        return file != null && !LeftoverLog.IsKept(connection) && IsHeld(connection) && TryCheckpoint(connection)
            ? WithPlainHeader(connection, file)
            : null;
    }

    /// <exception cref="SqliteException">The file cannot be read, or is shorter than its pages.</exception>
    public void Read(Span<byte> into, long offset)
    {
        fixed (byte* target = into)
        {
            var result = file->Methods->Read(file, target, into.Length, offset);
            if (result != raw.SQLITE_OK)
            {
                throw new SqliteException(
                    $"SQLite Error {result & 0xFF}: '{raw.sqlite3_errstr(result).utf8_to_string()}' at byte {offset}.",
                    result & 0xFF,
                    result
                );
            }
        }
        GC.KeepAlive(connection);
    }

    private static bool IsHeld(SqliteConnection connection)
    {
        if (SqliteLibrary.TransactionState == null)
        {
            return false;
        }
        fixed (byte* main = "main\0"u8)
        {
            var database = connection.Handle!.DangerousGetHandle();
            var state = 0;
            return SqliteLibrary.TransactionState(database, main) == NoTransaction
                && SqliteLibrary.FileControl(database, main, LockState, &state) == raw.SQLITE_OK
                && state == ExclusiveLocked;
        }
    }

    /// <summary>
    /// Moves the content of the WAL into the file (https://sqlite.org/pragma.html#pragma_wal_checkpoint). In
    /// other journal modes there is nothing to move.
    /// </summary>
    private static bool TryCheckpoint(SqliteConnection connection)
    {
        try
        {
            return connection
                .Query("PRAGMA wal_checkpoint(TRUNCATE)", row => row.Int64(Busy) == 0 && row.Int64(LeftInWal) <= 0)
                .Single();
        }
        // A failed flush is not reported again, so it must not be treated as an unnecessary one.
        catch (SqliteException failure) when (!failure.IsOfFlush())
        {
            // For example because of a full disk. The backup API reads the remaining content of the WAL, and
            // reports anything that it cannot read.
            return false;
        }
    }

    /// <summary>A codec encrypts the header, or keeps its data in the reserved bytes of each page.</summary>
    private static LockedFile? WithPlainHeader(SqliteConnection connection, OpenFile* file)
    {
        var pages = connection.Number("PRAGMA page_count");
        if (pages == 0)
        {
            return null;
        }
        var held = new LockedFile(connection, file, pages, connection.Number("PRAGMA page_size"));
        Span<byte> header = stackalloc byte[SqliteHeader.Bytes];
        held.Read(header, 0);
        var isPlain =
            SqliteHeader.IsPlain(header)
            && SqliteHeader.PageBytes(header) == held.PageBytes
            && header[SqliteHeader.ReservedBytes] == 0;
        return isPlain ? held : null;
    }
}
