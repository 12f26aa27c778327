using RagStudio.Data.Migrator;

namespace RagStudio.Data.Benchmarks;

/// <summary>
/// Finds chunks without a document with the rule for references that are not foreign keys, compared with an
/// outer join.
/// </summary>
internal sealed class Orphans : Scenario
{
    private static readonly DatabaseRule Rule = new(
        "app_meta",
        new OrphanRule("document_chunks", "document_id", "documents", "id")
    );

    private BenchmarkData _data = null!;

    public override string Name => "orphans";

    public override string Description => $"{Sizes.Chunks:N0} chunks, OrphanRule; peer: LEFT JOIN … IS NULL";

    public override double Target => 0.8;

    public override async Task PrepareAsync(BenchmarkDatabases databases) =>
        _data = await databases.ChunksAsync(Sizes.Chunks);

    public override async Task<double?> RunAsync()
    {
        await Rules.EvaluateAsync(_data, [Rule]);
        return null;
    }

    public override Task RunPeerAsync()
    {
        using var connection = _data.OpenAppMeta();
        PlainQueries.ExpectNothing(connection, PlainQueries.Orphans("document_chunks", "document_id", "documents"));
        return Task.CompletedTask;
    }
}
