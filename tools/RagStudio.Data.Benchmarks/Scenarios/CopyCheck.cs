using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Benchmarks;

/// <summary>All checks of a backup's copy: its structure, references, history and rows.</summary>
internal sealed class CopyCheck(string name, int megabytes, bool isLong) : Scenario
{
    private BenchmarkData _data = null!;
    private string _copy = "";

    public override string Name => name;

    public override string Description =>
        $"the copy of an app_meta.db of {megabytes:N0} MB; peer: quick_check by {StockPrograms.Checker}";

    public override double Target => 0.6;

    public override bool IsLong => isLong;

    public override async Task PrepareAsync(BenchmarkDatabases databases)
    {
        _data = await databases.LongChunksAsync(megabytes);
        _copy = _data.FileOf($"{name}.copy");
        await using var session = await _data.HoldAsync("app_meta");
        await session.BackUpAsync(_copy, progress: null, WorkLimits.None);
    }

    public override async Task<double?> RunAsync()
    {
        var storage = _data.Set.Storage("app_meta");
        var found = await storage.InspectCopyAsync(_copy, _data.Set.In(storage), WorkLimits.None);
        Rules.Demand(found.Check.Findings.Count == 0 && found.Rows!.Count > 0, "the copy has an error");
        return null;
    }

    public override Task RunPeerAsync()
    {
        StockPrograms.Check(_copy, "quick_check");
        return Task.CompletedTask;
    }
}
