using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RagStudio.Data.Migrator.Files;

/// <summary>
/// Opens the files that the migrator keeps beside a database: locks, journals, manifests, markers, copies. Another user
/// with write access to the folder may have put something else there, so that reading would block forever or writing
/// would reach another file. For providers.
/// </summary>
/// <remarks>Only regular files are opened, and none through a symbolic link.</remarks>
public static partial class OwnFile
{
    /// <summary>Far more than any of these files takes.</summary>
    private const int MaxBytes = 16 << 20;

    /// <summary>O_RDWR, which has the same value on all Unix systems, as has O_RDONLY with 0.</summary>
    private const int ReadWrite = 2;

    /// <summary>Reads a whole file that the migrator wrote.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="InvalidDataException">
    /// It is not a regular file, or it is larger than any file that the migrator writes.
    /// </exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access is denied.</exception>
    public static byte[] Read(string path)
    {
        using var file = Open(path, FileAccess.Read);
        return Read(file, path);
    }

    /// <summary>
    /// Throws unless a path is free or holds a regular file. To be called before opening it by other means.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is a link, a folder, a pipe, a device or a socket.</exception>
    public static void DemandRegular(string path)
    {
        if (!IsRegularOrMissing(path))
        {
            throw NotRegular(path);
        }
    }

    /// <summary>
    /// Removes a file if it exists; on Windows it waits up to three seconds for a program that has it open.
    /// </summary>
    /// <param name="path">The file. If it is a link, the link itself is removed.</param>
    /// <exception cref="IOException">It cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">Access is denied, or it is a folder.</exception>
    public static void Delete(string path) => PatientFile.Delete(path);

    /// <summary>Flushes a file to the disk. .NET's flush reports no error on Unix.</summary>
    /// <param name="file">The open file.</param>
    /// <exception cref="IOException">The disk did not accept the data.</exception>
    public static void Flush(SafeFileHandle file) => DiskFlush.Run(file);

    /// <summary>Opens a file that exists.</summary>
    /// <exception cref="InvalidDataException">It is not a regular file.</exception>
    internal static SafeFileHandle Open(string path, FileAccess access)
    {
        if (OperatingSystem.IsWindows())
        {
            DemandRegular(path);
            return File.OpenHandle(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete);
        }
        // O_NONBLOCK avoids waiting for a writer of a pipe; it does not affect regular files.
        var descriptor = Open(
            path,
            (access == FileAccess.Read ? 0 : ReadWrite) | Unwaiting | SourceAccess.NoFollow | Private
        );
        if (descriptor < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            DemandRegular(path);
            throw Failure(path, error);
        }
        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        if (SourceAccess.IsRegular(file))
        {
            return file;
        }
        file.Dispose();
        throw NotRegular(path);
    }

    internal static byte[] Read(SafeFileHandle file, string path)
    {
        var length = RandomAccess.GetLength(file);
        if (length > MaxBytes)
        {
            throw new InvalidDataException($"'{path}' has {length} bytes, far more than such a file ever has.");
        }
        var bytes = new byte[length];
        var read = 0;
        for (
            int more;
            read < bytes.Length && (more = RandomAccess.Read(file, bytes.AsSpan(read), read)) > 0;
            read += more
        ) { }
        return bytes[..read];
    }

    internal static bool IsRegularOrMissing(string path) =>
        OperatingSystem.IsWindows()
            ? !Directory.Exists(path) && new FileInfo(path).LinkTarget is null
            : SourceAccess.IsRegularOrMissing(path);

    private static InvalidDataException NotRegular(string path) =>
        new($"'{path}' is a link, a folder, a pipe or a device, not a regular file.");

    private static Exception Failure(string path, int error)
    {
        var reason = $"'{path}' cannot be opened: {Marshal.GetPInvokeErrorMessage(error)}.";
        return error switch
        {
            // EPERM, EACCES; ENOENT.
            1 or 13 => new UnauthorizedAccessException(reason),
            2 => new FileNotFoundException(reason, path),
            _ => new IOException(reason, error),
        };
    }

    /// <summary>O_NONBLOCK.</summary>
    private static int Unwaiting => OperatingSystem.IsLinux() ? 0x800 : 0x4;

    /// <summary>O_CLOEXEC.</summary>
    private static int Private =>
        OperatingSystem.IsLinux() ? 0x80000
        : OperatingSystem.IsFreeBSD() ? 0x100000
        : 0x1000000;

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int Open(string path, int flags);
}
