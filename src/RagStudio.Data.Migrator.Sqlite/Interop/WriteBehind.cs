using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RagStudio.Data.Migrator.Sqlite.Interop;

/// <summary>
/// Has the disk write a file while it is still growing, and lets it fall behind by so much only: the flush at the end, which nothing can
/// interrupt, finds little left. Where the system has no call for that, the flush does it all.
/// </summary>
internal sealed partial class WriteBehind(SafeFileHandle file)
{
    private const long StepBytes = 8L << 20;
    private const long MostBehindBytes = 8 * StepBytes;

    private const uint WaitBefore = 1;
    private const uint Write = 2;
    private const uint WaitAfter = 4;

    private const int NoSuchCall = 38;
    private const int NotPermitted = 1;

    private bool _isOffered = OperatingSystem.IsLinux();
    private long _begun;

    /// <param name="end">Up to where the file is written.</param>
    /// <exception cref="IOException">The disk did not take what was written before.</exception>
    public void Written(long end)
    {
        if (!_isOffered || end - _begun < StepBytes)
        {
            return;
        }
        Sync(_begun, StepBytes, Write);
        if (_begun >= MostBehindBytes)
        {
            Sync(_begun - MostBehindBytes, StepBytes, WaitBefore | Write | WaitAfter);
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
            // Told here, it is not told to the flush again: https://man7.org/linux/man-pages/man2/sync_file_range.2.html.
            throw new IOException($"The disk did not take the copy ({Marshal.GetPInvokeErrorMessage(error)}).");
        }
        _isOffered = false;
    }

    [LibraryImport("libc", EntryPoint = "sync_file_range", SetLastError = true)]
    private static partial int SyncFileRange(SafeFileHandle file, long offset, long bytes, uint flags);
}
