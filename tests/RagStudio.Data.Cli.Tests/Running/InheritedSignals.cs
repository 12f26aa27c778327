using System.Globalization;
using System.Runtime.InteropServices;

namespace RagStudio.Data.Cli.Tests;

/// <summary>
/// What a process hands on to its children: where a script has started the tests in the background, SIGINT is ignored, by the tests and by every tool
/// that they start. A tool that ignores it is right, and no tool to try Ctrl-C with.
/// </summary>
internal static partial class InheritedSignals
{
    private const int Interrupt = 2;
    private const nint Default = 0;
    private const nint Ignored = 1;

    /// <summary>Has the processes that are started from now on listen to SIGINT, unless this one does already.</summary>
    public static void ListenToInterrupt()
    {
        if (OperatingSystem.IsLinux() && IsInterruptIgnoredBy(Environment.ProcessId))
        {
            _ = Handle(Interrupt, Default);
        }
    }

    /// <summary>Has this process and those that it starts ignore SIGINT.</summary>
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
