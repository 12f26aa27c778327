using System.Diagnostics;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Benchmarks;

/// <summary>Checks the structure of a locked event log, including each index against its table.</summary>
internal sealed class IntegrityCheck(string name, int events, bool isLong) : Scenario
{
    private BenchmarkData _data = null!;

    public override string Name => name;

    public override string Description =>
        $"{events:N0} events, held: structure, references, history; peer: integrity_check by {StockPrograms.Checker}";

    public override double Target => 0.6;

    public override bool IsLong => isLong;

    public override async Task PrepareAsync(BenchmarkDatabases databases) =>
        _data = await databases.EventsAsync(events);

    public override async Task<double?> RunAsync()
    {
        await using var session = await _data.HoldAsync("events");
        var begun = Stopwatch.GetTimestamp();
        var check = await session.CheckAsync(CheckDepth.Full, WorkLimits.None);
        Rules.Demand(check.Findings.Count == 0, "a clean database has an error");
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    public override Task RunPeerAsync()
    {
        StockPrograms.Check(_data.EventsFile, "integrity_check");
        return Task.CompletedTask;
    }
}
