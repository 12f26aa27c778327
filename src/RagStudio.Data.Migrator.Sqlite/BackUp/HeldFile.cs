using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>
/// The bytes of a database file that a connection holds for itself alone, read through the handle that SQLite has of it: opening the file a
/// second time and closing it would drop the process's locks (https://sqlite.org/howtocorrupt.html, 2.2).
/// </summary>
internal sealed unsafe class HeldFile
{
    public const int HeaderBytes = 100;

    private const int LockState = 1;
    private const int FilePointer = 7;
    private const int VfsPointer = 27;
    private const int ExclusiveLocked = 4;
    private const int NoTransaction = 0;

    /// <summary>Their files hold pages as the engine knows them, and may be read from any position. A shim's or a codec's need not.</summary>
    private static readonly string[] PlainFileSystems = ["unix", "unix-excl", "win32", "win32-longpath"];

    private readonly SqliteConnection _connection;
    private readonly void* _file;

    private HeldFile(SqliteConnection connection, void* file, long pages, long pageBytes)
    {
        _file = file;
        (_connection, Pages, PageBytes) = (connection, pages, pageBytes);
    }

    public long Pages { get; }

    public long PageBytes { get; }

    public long Bytes => Pages * PageBytes;

    /// <summary>The file, complete as of now, until the connection next writes.</summary>
    /// <returns><see langword="null"/> where the file alone is not proved to be the whole database, or not to be readable like this.</returns>
    public static HeldFile? TryOf(SqliteConnection connection)
    {
        if (SqliteLibrary.FileControl == null || SqliteLibrary.TransactionState == null)
        {
            return null;
        }
        fixed (byte* main = "main\0"u8)
        {
            var database = connection.Handle!.DangerousGetHandle();
            if (
                SqliteLibrary.TransactionState(database, main) != NoTransaction
                || !HasPlainFileSystem(database, main)
                || !IsHeld(database, main)
                || !IsCheckedIn(connection)
            )
            {
                return null;
            }
            void* file = null;
            return SqliteLibrary.FileControl(database, main, FilePointer, &file) == raw.SQLITE_OK
                ? WithPlainHeader(connection, file)
                : null;
        }
    }

    /// <exception cref="SqliteException">The file cannot be read, or has fewer bytes than its pages.</exception>
    public void Read(Span<byte> into, long offset)
    {
        var methods = *(IoMethods**)_file;
        fixed (byte* target = into)
        {
            var result = methods->Read(_file, target, into.Length, offset);
            if (result != raw.SQLITE_OK)
            {
                throw new SqliteException(
                    $"SQLite Error {result & 0xFF}: '{raw.sqlite3_errstr(result).utf8_to_string()}' at byte {offset}.",
                    result & 0xFF,
                    result
                );
            }
        }
        GC.KeepAlive(_connection);
    }

    private static bool HasPlainFileSystem(nint database, byte* main)
    {
        Vfs* vfs = null;
        return SqliteLibrary.FileControl(database, main, VfsPointer, &vfs) == raw.SQLITE_OK
            && vfs != null
            && PlainFileSystems.Contains(Marshal.PtrToStringUTF8((nint)vfs->Name));
    }

    private static bool IsHeld(nint database, byte* main)
    {
        var state = 0;
        return SqliteLibrary.FileControl(database, main, LockState, &state) == raw.SQLITE_OK
            && state == ExclusiveLocked;
    }

    /// <summary>Brings what the WAL holds into the file (https://sqlite.org/pragma.html#pragma_wal_checkpoint). In another journal mode nothing is elsewhere.</summary>
    private static bool IsCheckedIn(SqliteConnection connection)
    {
        try
        {
            var (busy, left) = connection.Query("PRAGMA wal_checkpoint(TRUNCATE)", row => (row.Int64(0), row.Int64(1)))[
                0
            ];
            return busy == 0 && left <= 0;
        }
        catch (SqliteException)
        {
            // A full disk, for one. The backup API reads what is still in the WAL, and tells what it cannot.
            return false;
        }
    }

    /// <summary>A codec leaves no header that can be read, or keeps what it needs in the reserved bytes of each page.</summary>
    private static HeldFile? WithPlainHeader(SqliteConnection connection, void* file)
    {
        var pages = connection.Number("PRAGMA page_count");
        if (file == null || pages == 0)
        {
            return null;
        }
        var held = new HeldFile(connection, file, pages, connection.Number("PRAGMA page_size"));
        Span<byte> header = stackalloc byte[HeaderBytes];
        held.Read(header, 0);
        var isPlain =
            header.StartsWith("SQLite format 3\0"u8)
            && PageBytesIn(header) == held.PageBytes
            && header[SqliteHeader.ReservedBytes] == 0;
        return isPlain ? held : null;
    }

    /// <summary>Where the number does not fit into the two bytes, 1 stands for it.</summary>
    private static int PageBytesIn(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadUInt16BigEndian(header[16..]) is var told && told == 1 ? 65536 : told;

    /// <summary>The beginning of a <c>sqlite3_vfs</c>: https://sqlite.org/c3ref/vfs.html.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Vfs
    {
        public readonly int Version;
        public readonly int FileBytes;
        public readonly int LongestPath;
        public readonly void* Next;
        public readonly byte* Name;
    }

    /// <summary>The beginning of a <c>sqlite3_io_methods</c>: https://sqlite.org/c3ref/io_methods.html.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct IoMethods
    {
        public readonly int Version;
        public readonly void* Close;
        public readonly delegate* unmanaged[Cdecl]<void*, byte*, int, long, int> Read;
    }
}
