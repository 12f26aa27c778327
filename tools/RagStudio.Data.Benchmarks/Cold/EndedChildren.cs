using System.Runtime.InteropServices;

namespace RagStudio.Data.Benchmarks;

/// <summary>The system's statistics about this program's exited children.</summary>
internal static partial class EndedChildren
{
    private const int Children = -1;

    /// <summary>
    /// The fields of <c>struct rusage</c> on 64-bit Linux, which begin with the seconds and microseconds of
    /// user and of system time.
    /// </summary>
    private const int Fields = 18;

    /// <summary>Returns the processor time of all of them; implemented for Linux only.</summary>
    public static TimeSpan? ProcessorTime()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            return null;
        }
        var usage = new long[Fields];
        return GetUsage(Children, ref usage[0]) == 0
            ? TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3])
            : null;
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, ref long usage);
}
