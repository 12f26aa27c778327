namespace RagStudio.Data.Benchmarks;

/// <summary>
/// Checks every foreign key of documents and chunks with SQLite's own check, as a validation does, compared
/// with an outer join for each.
/// </summary>
internal sealed class ForeignKeys : Scenario
{
    private BenchmarkData _data = null!;

    public override string Name => "foreign-keys";

    public override string Description =>
        $"{Sizes.Chunks:N0} chunks, foreign_key_check of all; peer: LEFT JOIN … IS NULL for each";

    public override double Target => 0.8;

    public override async Task PrepareAsync(BenchmarkDatabases databases) =>
        _data = await databases.ChunksAsync(Sizes.Chunks);

    public override Task<double?> RunAsync()
    {
        using var connection = _data.OpenAppMeta();
        PlainQueries.ExpectNothing(connection, "SELECT \"table\" FROM pragma_foreign_key_check");
        return Task.FromResult<double?>(null);
    }

    public override Task RunPeerAsync()
    {
        using var connection = _data.OpenAppMeta();
        PlainQueries.ExpectNothing(connection, PlainQueries.Orphans("documents", "kb_id", "knowledge_bases"));
        PlainQueries.ExpectNothing(connection, PlainQueries.Orphans("document_chunks", "kb_id", "knowledge_bases"));
        PlainQueries.ExpectNothing(connection, PlainQueries.Orphans("document_chunks", "document_id", "documents"));
        return Task.CompletedTask;
    }
}
