using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RagStudio.Data.Migrator.Files;

/// <summary>
/// Flushes a file or a folder to the disk. <c>RandomAccess.FlushToDisk</c> and <c>FileStream.Flush(true)</c> report no
/// error on Unix: .NET 10 ignores the result of fsync.
/// </summary>
internal static partial class DiskFlush
{
    private const int Interrupted = 4;

    /// <summary>F_FULLFSYNC of macOS, where fsync leaves the data in the drive's cache.</summary>
    private const int FullFlush = 51;

    /// <exception cref="IOException">
    /// The disk did not accept the data; on Unix its <see cref="Exception.HResult"/> is the error number.
    /// </exception>
    public static void Run(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
        {
#pragma warning disable RS0030 // Windows tells the error.
            RandomAccess.FlushToDisk(file);
#pragma warning restore RS0030
        }
        else if (!Calls(OperatingSystem.IsMacOS(), file).Any(call => Succeeds(call)))
        {
            var error = Marshal.GetLastPInvokeError();
            throw new IOException(
                $"The disk did not accept the data ({Marshal.GetPInvokeErrorMessage(error)}).",
                error
            );
        }
    }

    /// <summary>
    /// Tries one after the other until one succeeds: not every file system of macOS supports the first.
    /// </summary>
    internal static IEnumerable<Func<int>> Calls(bool isMacOS, SafeFileHandle file) =>
        isMacOS ? [() => Control(file, FullFlush), () => Sync(file)] : [() => Sync(file)];

    private static bool Succeeds(Func<int> call)
    {
        int result;
        do
        {
            result = call();
        } while (result < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        return result >= 0;
    }

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, int command);
}
