using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Benchmarks;

/// <summary>
/// Evaluates all rules of RAG Studio together, compared with the specification's queries one after another.
/// </summary>
internal sealed class AllRules : Scenario
{
    private BenchmarkData _data = null!;

    public override string Name => "all-rules";

    public override string Description => $"{Sizes.Events:N0} events, all rules; peer: the sum of the single queries";

    public override double Target => 0.6;

    public override async Task PrepareAsync(BenchmarkDatabases databases) =>
        _data = await databases.EventsAsync(Sizes.Events);

    public override async Task<double?> RunAsync()
    {
        await Rules.EvaluateAsync(_data, _ => true);
        return null;
    }

    public override Task RunPeerAsync()
    {
        using var events = _data.OpenEvents();
        PlainQueries.ExpectNothing(events, PlainQueries.Gaps);
        PlainQueries.FindReferences(_data);
        PlainQueries.FindChecksums(events);
        PlainQueries.ExpectNothing(events, PlainQueries.InvalidJson("events", "event_data"));
        PlainQueries.ExpectNothing(events, PlainQueries.InvalidJson("events", "metadata"));
        PlainQueries.ExpectNothing(events, PlainQueries.InvalidJson("aggregate_snapshots", "snapshot_data"));
        FindInvalidJson();
        return Task.CompletedTask;
    }

    private void FindInvalidJson()
    {
        using SqliteConnection appMeta = _data.OpenAppMeta();
        foreach (
            var (table, column) in new[]
            {
                ("knowledge_bases", "metadata"),
                ("documents", "metadata"),
                ("document_chunks", "metadata"),
                ("pipelines", "config"),
                ("pipeline_runs", "metrics"),
                ("pipeline_runs", "artifacts"),
                ("tools", "config"),
                ("tools", "schema"),
                ("flows", "definition"),
            }
        )
        {
            PlainQueries.ExpectNothing(appMeta, PlainQueries.InvalidJson(table, column));
        }
    }
}
