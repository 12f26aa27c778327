using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Sqlite.Databases;
using RagStudio.Data.Migrator.Sqlite.Interop;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.BackUp;

/// <summary>
/// Creates a file that shares the blocks of a database's file until either is changed: on btrfs, XFS and bcachefs
/// (https://man7.org/linux/man-pages/man2/ioctl_ficlonerange.2.html), and on APFS. The database's file is not opened.
/// </summary>
internal static partial class FileClone
{
    /// <summary>FICLONE. Where it has another value, the system does not know this one.</summary>
    private const nuint Clone = 0x40049409;

    /// <summary>CLONE_NOFOLLOW and CLONE_NOOWNERCOPY of macOS.</summary>
    private const int NoFollowNoOwner = 3;

    /// <summary>SQLITE_FCNTL_HAS_MOVED.</summary>
    private const int HasMoved = 20;

    /// <param name="connection">The connection that holds the database.</param>
    /// <param name="file">The file to create; it must not exist.</param>
    /// <returns>The clone, open; <see langword="null"/> if there can be none, and then no file either.</returns>
    public static FileStream? TryCreate(SqliteConnection connection, string file)
    {
        var database = raw.sqlite3_db_filename(connection.Handle, "main").utf8_to_string();
        return !IsInPlace(connection) ? null
            : OperatingSystem.IsLinux() ? TryCreateOnLinux(database, file)
            : OperatingSystem.IsMacOS() ? TryCreateOnMacOS(database, file)
            : null;
    }

    /// <summary>True if SQLite's file still has the name under which it was opened.</summary>
    private static unsafe bool IsInPlace(SqliteConnection connection)
    {
        fixed (byte* main = "main\0"u8)
        {
            var hasMoved = 1;
            return SqliteLibrary.FileControl(connection.Handle!.DangerousGetHandle(), main, HasMoved, &hasMoved)
                    == raw.SQLITE_OK
                && hasMoved == 0;
        }
    }

    [SupportedOSPlatform("linux")]
    private static FileStream? TryCreateOnLinux(string database, string file)
    {
        var clone = OwnerOnlyFile.Create(file, database, FileAccess.ReadWrite, FileShare.Read);
        if (DescriptorsOf(database).Any(source => Control(clone.SafeFileHandle, Clone, source) == 0))
        {
            return clone;
        }
        clone.Dispose();
        OwnFile.Delete(file);
        return null;
    }

    /// <summary>
    /// The clone gets the permissions of the database. Untested: nobody has run it on macOS.
    /// </summary>
    [SupportedOSPlatform("macos")]
    private static FileStream? TryCreateOnMacOS(string database, string file) =>
        CloneFile(database, file, NoFollowNoOwner) == 0
            ? new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0)
            : null;

    /// <summary>
    /// This process's descriptors of a file, SQLite's among them. They are found without opening the file and none is
    /// closed, which would drop SQLite's locks. The call only reads, so that it may use any that can be read.
    /// </summary>
    [SupportedOSPlatform("linux")]
    private static IEnumerable<nint> DescriptorsOf(string path)
    {
        if (Status(path, out var wanted) != 0)
        {
            return [];
        }
        try
        {
            return
            [
                .. Directory
                    .EnumerateFileSystemEntries("/proc/self/fd")
                    .Select(entry => nint.TryParse(Path.GetFileName(entry), out var number) ? number : -1)
                    .Where(number => Status(number, out var found) == 0 && found.IsFileOf(wanted)),
            ];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Without /proc there is no clone.
            return [];
        }
    }

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(SafeFileHandle target, nuint request, nint source);

    [LibraryImport("libc", EntryPoint = "clonefile", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CloneFile(string source, string target, int flags);

    // stat(2) has a different layout on every system; that of the runtime's own library is always the same.
    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(string path, out FileStatus status);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_FStat")]
    private static partial int Status(nint descriptor, out FileStatus status);

    /// <summary>Two fields of the runtime's structure, and room for the rest of it.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(88)]
        public long Device;

        [FieldOffset(104)]
        public long Number;

        public readonly bool IsFileOf(FileStatus other) => (Device, Number) == (other.Device, other.Number);
    }
}
