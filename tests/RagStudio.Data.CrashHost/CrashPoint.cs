using System.Globalization;
using System.Runtime.InteropServices;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.CrashHost;

/// <summary>
/// Writes every point of a run to stdout, and kills the process at one of them as a power failure would:
/// nothing is flushed, no <c>finally</c> runs.
/// </summary>
internal sealed partial class CrashPoint(string killAt) : IProgress<MigrationProgress>
{
    private const int Kill = 9;

    private readonly Dictionary<MigrationPhase, int> _inPhase = [];
    private readonly Lock _counting = new();
    private int _count;

    public void Report(MigrationProgress value)
    {
        lock (_counting)
        {
            _count++;
            var inPhase = _inPhase[value.Phase] = _inPhase.GetValueOrDefault(value.Phase) + 1;
            var point = $"{value.Phase}:{inPhase}";
            Console.Out.WriteLine($"{point} {value.Database} {value.Version}".TrimEnd());
            if (killAt == point || killAt == _count.ToString(CultureInfo.InvariantCulture))
            {
                _ = SendSignal(Environment.ProcessId, Kill);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
