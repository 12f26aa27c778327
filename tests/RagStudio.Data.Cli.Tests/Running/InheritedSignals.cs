using System.Globalization;
using System.Runtime.InteropServices;

namespace RagStudio.Data.Cli.Tests;

/// <summary>
/// The signal settings that child processes inherit: if a script has started the tests in the background, the
/// tests and every tool that they start ignore SIGINT. A tool that does so is right, but cannot be used to
/// test Ctrl-C.
/// </summary>
internal static partial class InheritedSignals
{
    private const int Interrupt = 2;
    private const nint Default = 0;
    private const nint Ignored = 1;

    /// <summary>Makes processes started from now on respond to SIGINT, unless this one already does.</summary>
    public static void ListenToInterrupt()
    {
        if (OperatingSystem.IsLinux() && IsInterruptIgnoredBy(Environment.ProcessId))
        {
            _ = Handle(Interrupt, Default);
        }
    }

    /// <summary>Makes this process and those that it starts ignore SIGINT.</summary>
    public static void IgnoreInterrupt() => _ = Handle(Interrupt, Ignored);

    public static bool IsInterruptIgnoredBy(int process)
    {
        const string label = "SigIgn:";
        var mask = File.ReadLines($"/proc/{process}/status")
            .Single(line => line.StartsWith(label, StringComparison.Ordinal));
        var ignored = ulong.Parse(mask[label.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (ignored & (1UL << (Interrupt - 1))) != 0;
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Handle(int signal, nint handler);
}
