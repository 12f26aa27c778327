namespace RagStudio.Data.Benchmarks;

/// <summary>
/// Finds events that refer to a missing knowledge base in one pass, compared with looking up distinct ids in
/// a list.
/// </summary>
internal sealed class References : Scenario
{
    private BenchmarkData _data = null!;

    public override string Name => "references";

    public override string Description =>
        $"{Sizes.Events:N0} events, one pass; peer: DISTINCT json_extract and a list of {KnowledgeBases.Count:N0}";

    public override double Target => 0.05;

    public override async Task PrepareAsync(BenchmarkDatabases databases) =>
        _data = await databases.EventsAsync(Sizes.Events);

    public override async Task<double?> RunAsync()
    {
        await Rules.EvaluateAsync(_data, rule => rule.Rule is KnowledgeBaseRule);
        return null;
    }

    public override Task RunPeerAsync()
    {
        PlainQueries.FindReferences(_data);
        return Task.CompletedTask;
    }
}
