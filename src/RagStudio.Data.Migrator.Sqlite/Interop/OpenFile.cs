using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Interop;

/// <summary>
/// A database's file as SQLite itself has it open: opening it a second time and closing it would drop the
/// process's locks (https://sqlite.org/howtocorrupt.html, 2.2).
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct OpenFile
{
    private const int FilePointer = 7;
    private const int VfsPointer = 27;

    /// <summary>
    /// The file systems whose files hold pages exactly as the engine sees them, and can be read at any
    /// offset. A shim's or a codec's need not.
    /// </summary>
    private static readonly string[] PlainFileSystems = ["unix", "unix-excl", "win32", "win32-longpath"];

    /// <summary>The first field of every <c>sqlite3_file</c>: https://sqlite.org/c3ref/file.html.</summary>
    public FileMethods* Methods;

    /// <summary>The file of a connection's main database, valid until the connection is closed.</summary>
    /// <returns>
    /// <see langword="null"/> if it is not accessible, or may not hold the pages as the engine sees them.
    /// </returns>
    public static OpenFile* TryGet(SqliteConnection connection)
    {
        if (SqliteLibrary.FileControl == null)
        {
            return null;
        }
        fixed (byte* main = "main\0"u8)
        {
            var database = connection.Handle!.DangerousGetHandle();
            OpenFile* file = null;
            return
                HasPlainFileSystem(database, main)
                && SqliteLibrary.FileControl(database, main, FilePointer, &file) == raw.SQLITE_OK
                && file != null
                && file->Methods != null
                ? file
                : null;
        }
    }

    /// <summary>
    /// Reads the database's header from the file, regardless of a write-ahead log, and the size of the file.
    /// </summary>
    /// <returns><see langword="null"/> if it cannot be read.</returns>
    public (byte[] Header, long FileBytes)? TryReadHeader()
    {
        var header = new byte[SqliteHeader.Bytes];
        var bytes = 0L;
        fixed (OpenFile* file = &this)
        fixed (byte* into = header)
        {
            return
                Methods->FileSize(file, &bytes) == raw.SQLITE_OK
                && Methods->Read(file, into, header.Length, 0) == raw.SQLITE_OK
                ? (header, bytes)
                : null;
        }
    }

    private static bool HasPlainFileSystem(nint database, byte* main)
    {
        Vfs* vfs = null;
        return SqliteLibrary.FileControl(database, main, VfsPointer, &vfs) == raw.SQLITE_OK
            && vfs != null
            && PlainFileSystems.Contains(Marshal.PtrToStringUTF8((nint)vfs->Name));
    }

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
}
