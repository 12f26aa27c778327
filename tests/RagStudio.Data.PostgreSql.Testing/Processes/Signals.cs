using System.Diagnostics;
using System.Globalization;

namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>Signals to the processes of a server.</summary>
internal static class Signals
{
    public static Task StopAsync(int process) => SendAsync("STOP", process);

    public static Task ContinueAsync(int process) => SendAsync("CONT", process);

    public static Task TerminateAsync(int process) => SendAsync("TERM", process);

    /// <summary>Kills processes with SIGKILL, and waits until they are gone.</summary>
    public static async Task KillAsync(params IReadOnlyList<int> processes)
    {
        foreach (var process in processes)
        {
            try
            {
                using var found = Process.GetProcessById(process);
                found.Kill();
            }
            catch (ArgumentException)
            {
                // It has ended by itself.
            }
        }
        await EndAsync(processes);
    }

    /// <summary>Waits until the processes are gone.</summary>
    public static Task EndAsync(IReadOnlyCollection<int> processes) =>
        Condition.HoldsAsync(
            $"the processes {string.Join(", ", processes)} end",
            async () => !(await RunningAsync()).Any(running => processes.Contains(running.Id))
        );

    public static async Task<IReadOnlyList<int>> ChildrenAsync(int parent) =>
        [.. (await RunningAsync()).Where(running => running.Parent == parent).Select(running => running.Id)];

    private static async Task SendAsync(string signal, int process) =>
        _ = await Command.RunAsync("kill", "-s", signal, process.ToString(CultureInfo.InvariantCulture));

    // A process that has ended and that nobody has asked about yet is in the list too, as a zombie.
    private static async Task<IReadOnlyList<(int Id, int Parent)>> RunningAsync() =>
        [
            .. (await Command.RunAsync("ps", "-A", "-o", "pid=,ppid=,stat="))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(parts => !parts[2].StartsWith('Z'))
                .Select(parts =>
                    (
                        int.Parse(parts[0], CultureInfo.InvariantCulture),
                        int.Parse(parts[1], CultureInfo.InvariantCulture)
                    )
                ),
        ];
}
