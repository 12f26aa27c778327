namespace RagStudio.Data.Benchmarks;

/// <summary>
/// Verifies the checksums of events in one pass, compared with reading them as strings and hashing them one
/// by one.
/// </summary>
internal sealed class Checksums : Scenario
{
    private BenchmarkData _data = null!;

    public override string Name => "checksums";

    public override string Description => $"{Sizes.Events:N0} events; peer: ADO.NET strings, one thread";

    public override double Target => 0.65;

    public override async Task PrepareAsync(BenchmarkDatabases databases) =>
        _data = await databases.EventsAsync(Sizes.Events);

    public override async Task<double?> RunAsync()
    {
        await Rules.EvaluateAsync(_data, rule => rule.Rule is EventChecksumRule);
        return null;
    }

    public override Task RunPeerAsync()
    {
        using var connection = _data.OpenEvents();
        PlainQueries.FindChecksums(connection);
        return Task.CompletedTask;
    }
}
