using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;

namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>Clients of PostgreSQL's own load program, which run a statement again and again for some time.</summary>
public sealed class PgBench : IDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly Task<string> _run;

    private PgBench(DirectoryInfo folder, Task<string> run) => (_folder, _run) = (folder, run);

    /// <summary>Whether their time is over.</summary>
    public bool HasEnded => _run.IsCompleted;

    /// <summary>Starts them, and waits until they are at work; a test is skipped where there is no pgbench.</summary>
    public static async Task<PgBench> StartAsync(TestDatabase database, int clients, string statement, TimeSpan time)
    {
        var program =
            Command.Find("pgbench", PostgresBinaries.Require().Folder)
            ?? throw new IgnoreException("There is no pgbench: install PostgreSQL's server package.");
        var folder = Directory.CreateTempSubdirectory("ragstudio-pgbench-");
        var script = Path.Combine(folder.FullName, "script");
        await File.WriteAllTextAsync(script, statement + ";\n");
        string[] load = ["-n", "-c", $"{clients}", "-j", $"{clients}", "-T", $"{time.TotalSeconds:0}", "-f", script];
        string[] log = ["-l", $"--log-prefix={Path.Combine(folder.FullName, "log")}"];
        string[] server = ["-h", "127.0.0.1", "-p", $"{database.Server.Port}", "-U", database.Owner.Name];
        var start = new ProcessStartInfo(program, [.. load, .. log, .. server, database.Name])
        {
            Environment = { ["PGPASSWORD"] = database.Owner.Password },
        };
        var bench = new PgBench(folder, Command.RunAsync(start));
        await Condition.HoldsAsync("pgbench is at work", () => bench.HasEnded || bench.Logs.Count() == clients);
        return bench;
    }

    /// <summary>Waits until their time is over, and reads what they have logged.</summary>
    /// <exception cref="InvalidOperationException">A statement failed; the message holds what pgbench said.</exception>
    public async Task<ClientReport> EndAsync()
    {
        _ = await _run;
        var waits = Logs.SelectMany(File.ReadLines).Select(WaitOf).ToList();
        return new ClientReport(waits.Count, waits.Max(), waits.Max(), []);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>One of each thread.</summary>
    private IEnumerable<string> Logs => Directory.EnumerateFiles(_folder.FullName, "log*");

    // The client, the number of its transaction, and how long that took, in microseconds.
    private static TimeSpan WaitOf(string line) =>
        TimeSpan.FromMicroseconds(long.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture));
}
