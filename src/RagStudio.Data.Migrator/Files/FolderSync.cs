using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RagStudio.Data.Migrator.Files;

/// <summary>
/// Flushes a folder: on Unix a new, renamed or removed name is on disk only after an fsync of the folder that holds it (fsync(2)).
/// </summary>
public static class FolderSync
{
    private const int ReadOnly = 0;
    private const int InvalidArgument = 22;

    /// <summary>Flushes a folder; on Windows, which has no such call, it does nothing.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>
    /// False if the file system does not flush folders, as some on a network or in user space: SQLite ignores that too
    /// (https://sqlite.org/src/file/src/os_unix.c, unixSync). Every other error is one.
    /// </returns>
    /// <exception cref="IOException">The folder cannot be opened, or the disk did not accept it.</exception>
    public static bool Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }
        using var opened = new SafeFileHandle(OwnFile.Open(folder, ReadOnly), ownsHandle: true);
        if (opened.IsInvalid)
        {
            throw new IOException($"The folder '{folder}' cannot be opened (error {Marshal.GetLastPInvokeError()}).");
        }
        try
        {
            DiskFlush.Run(opened);
            return true;
        }
        catch (IOException failure) when (failure.HResult == InvalidArgument || failure.HResult == NotSupported)
        {
            return false;
        }
        catch (IOException failure)
        {
            throw new IOException(
                $"The folder '{folder}' cannot be flushed ({failure.Message.TrimEnd('.')}).",
                failure
            );
        }
    }

    /// <summary>ENOTSUP. Linux has the same number for EOPNOTSUPP.</summary>
    private static int NotSupported => OperatingSystem.IsLinux() ? 95 : 45;
}
