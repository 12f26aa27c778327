using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RagStudio.Data.Migrator.Sqlite.Interop;

/// <summary>
/// Makes the disk write a file while it is still growing, and limits how far it falls behind: the final
/// flush, which cannot be interrupted, has little left to do. On a system without such a call, the flush does
/// all of the work.
/// </summary>
internal sealed partial class WriteBehind(SafeFileHandle file)
{
    private const long StepBytes = 8L << 20;
    private const long MaxBehindBytes = 8 * StepBytes;

    private const uint WaitBefore = 1;
    private const uint Write = 2;
    private const uint WaitAfter = 4;

    private const int NoSuchCall = 38;
    private const int NotPermitted = 1;

    private bool _isOffered = OperatingSystem.IsLinux();
    private long _begun;

    /// <param name="end">The end of what has been written to the file.</param>
    /// <exception cref="IOException">The disk failed to store data written before.</exception>
    public void Written(long end)
    {
        if (!_isOffered || end - _begun < StepBytes)
        {
            return;
        }
        Sync(_begun, StepBytes, Write);
        if (_begun >= MaxBehindBytes)
        {
            Sync(_begun - MaxBehindBytes, StepBytes, WaitBefore | Write | WaitAfter);
        }
        _begun += StepBytes;
    }

    private void Sync(long offset, long bytes, uint flags)
    {
        if (!_isOffered || SyncFileRange(file, offset, bytes, flags) == 0)
        {
            return;
        }
        var error = Marshal.GetLastPInvokeError();
        if (error is not (NoSuchCall or NotPermitted))
        {
            // An error reported here is not reported to the flush again:
            // https://man7.org/linux/man-pages/man2/sync_file_range.2.html.
            throw new IOException($"The disk did not take the copy ({Marshal.GetPInvokeErrorMessage(error)}).");
        }
        _isOffered = false;
    }

    [LibraryImport("libc", EntryPoint = "sync_file_range", SetLastError = true)]
    private static partial int SyncFileRange(SafeFileHandle file, long offset, long bytes, uint flags);
}
