using System.Globalization;
using System.Runtime.InteropServices;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.CrashHost;

/// <summary>
/// Reports every point of a run, and kills the process at one of them as a power failure would: nothing is flushed,
/// no <c>finally</c> runs.
/// </summary>
/// <param name="killAt">The point, or its number in the whole run; empty for none.</param>
/// <param name="tell">Receives each point.</param>
internal sealed partial class CrashPoint(string killAt, Action<string> tell) : IProgress<MigrationProgress>
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
            tell($"{point} {value.Database} {value.Version}".TrimEnd());
            if (killAt == point || killAt == _count.ToString(CultureInfo.InvariantCulture))
            {
                _ = SendSignal(Environment.ProcessId, Kill);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
