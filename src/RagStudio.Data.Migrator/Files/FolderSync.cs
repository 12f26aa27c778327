using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RagStudio.Data.Migrator.Files;

/// <summary>
/// Flushes a folder: on Unix a new, renamed or removed name is on disk only after an fsync of the folder that holds it (fsync(2)).
/// </summary>
internal static partial class FolderSync
{
    private const int ReadOnly = 0;

    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        using var opened = new SafeFileHandle(Open(folder, ReadOnly), ownsHandle: true);
        if (opened.IsInvalid)
        {
            throw new IOException($"The folder '{folder}' cannot be opened (error {Marshal.GetLastPInvokeError()}).");
        }
        try
        {
            DiskFlush.Run(opened);
        }
        catch (IOException failure)
        {
            throw new IOException(
                $"The folder '{folder}' cannot be flushed ({failure.Message.TrimEnd('.')}).",
                failure
            );
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);
}
