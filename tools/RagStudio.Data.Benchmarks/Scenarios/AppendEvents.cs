namespace RagStudio.Data.Benchmarks;

/// <summary>Appends to the event log, compared with prepared statements that flush as often.</summary>
/// <param name="name">The name by which a command line chooses it.</param>
/// <param name="atOnce">The number of events in a call, which is one transaction.</param>
/// <param name="calls">The number of calls in a run.</param>
internal sealed class AppendEvents(string name, int atOnce, int calls) : Scenario
{
    private readonly NewEvent[] _events =
    [
        .. Enumerable
            .Range(0, atOnce)
            .Select(i => new NewEvent(
                "document.imported",
                $$"""{"kb_id":"{{KnowledgeBases.Id(i)}}","chunk_count":{{i}}}"""
            )),
    ];

    private EventStore _store = null!;
    private BenchmarkData _peer = null!;

    public override string Name => name;

    public override string Description => $"{calls} calls with {atOnce} each, flushed; peer: prepared statements";

    public override double Target => 1.5;

    public override async Task PrepareAsync(BenchmarkDatabases databases)
    {
        _store = (await databases.EmptyAsync(name)).Get<EventStore>();
        _peer = await databases.EmptyAsync($"{name}-peer");
    }

    public override async Task<double?> RunAsync()
    {
        for (var call = 0; call < calls; call++)
        {
            await _store.AppendAsync(StreamOf(call), _events);
        }
        return null;
    }

    public override Task RunPeerAsync()
    {
        using var log = new PlainEventLog(_peer);
        for (var call = 0; call < calls; call++)
        {
            log.Append(StreamOf(call), _events);
        }
        return Task.CompletedTask;
    }

    private static StreamId StreamOf(int call) => new("knowledge_base", KnowledgeBases.Id(call));
}
