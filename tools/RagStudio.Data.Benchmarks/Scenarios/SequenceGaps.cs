using RagStudio.Data.Migrator;

namespace RagStudio.Data.Benchmarks;

/// <summary>Finds gaps in the numbers of events, compared with a lookup of each event's predecessor.</summary>
internal sealed class SequenceGaps(string name, int events, bool isLong) : Scenario
{
    private BenchmarkData _data = null!;

    public override string Name => name;

    public override string Description => $"{events:N0} events; peer: correlated NOT EXISTS";

    public override double Target => 0.4;

    public override bool IsLong => isLong;

    public override async Task PrepareAsync(BenchmarkDatabases databases) =>
        _data = await databases.EventsAsync(events);

    public override async Task<double?> RunAsync()
    {
        await Rules.EvaluateAsync(_data, rule => rule.Rule is SequenceRule);
        return null;
    }

    public override Task RunPeerAsync()
    {
        using var connection = _data.OpenEvents();
        PlainQueries.ExpectNothing(connection, PlainQueries.Gaps);
        return Task.CompletedTask;
    }
}
