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

    private readonly Dictionary<string, int> _times = [];
    private readonly Lock _counting = new();
    private int _count;

    public void Report(MigrationProgress value) => Reach($"{value.Phase}", $"{value.Database} {value.Version}");

    /// <summary>Comes to a point, which has the name of what happens there and the number of times it has happened.</summary>
    public void Reach(string name, string where = "")
    {
        lock (_counting)
        {
            _count++;
            var times = _times[name] = _times.GetValueOrDefault(name) + 1;
            var point = $"{name}:{times}";
            tell($"{point} {where}".TrimEnd());
            if (killAt == point || killAt == _count.ToString(CultureInfo.InvariantCulture))
            {
                _ = SendSignal(Environment.ProcessId, Kill);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
