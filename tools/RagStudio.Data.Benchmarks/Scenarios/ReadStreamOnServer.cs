using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace RagStudio.Data.Benchmarks;

/// <summary>Reads a stream of a thousand events on PostgreSQL, compared with one prepared query into the same objects.</summary>
internal sealed class ReadStreamOnServer : Scenario
{
    private const int Length = 1_000;
    private const int Times = 20;

    private static readonly StreamId Stream = new("knowledge_base", KnowledgeBases.Id(0));

    private EventStore _store = null!;
    private NpgsqlCommand _peer = null!;

    public override string Name => "read-stream-server";

    public override string Description => $"{Length:N0} events, {Times} times, PostgreSQL; peer: one prepared query";

    public override double Target => 1.3;

    /// <summary>A quick run needs no PostgreSQL.</summary>
    public override bool IsLong => true;

    public override async Task PrepareAsync(BenchmarkDatabases databases)
    {
        var data = await ServerData.CreateAsync(await databases.ServerAsync());
        _store = data.Get<EventStore>();
        var events = Enumerable
            .Range(0, Length)
            .Select(i => new NewEvent(
                "document.imported",
                $$"""{"kb_id":"{{KnowledgeBases.Id(i)}}","chunk_count":{{i}}}"""
            ));
        await _store.AppendAsync(Stream, [.. events]);
        _peer = await (await data.OpenAsync()).PrepareAsync(
            "SELECT id, event_id, event_type, aggregate_id, aggregate_type, sequence_number, event_data, metadata, trace_id, user_id, timestamp, checksum "
                + "FROM events.events WHERE aggregate_id = $1 AND aggregate_type = $2 ORDER BY sequence_number",
            NpgsqlDbType.Text,
            NpgsqlDbType.Text
        );
        _peer.Bind(Stream.AggregateId, Stream.AggregateType);
    }

    public override async Task<double?> RunAsync()
    {
        for (var time = 0; time < Times; time++)
        {
            var last = 0L;
            await foreach (var stored in _store.ReadAsync(Stream))
            {
                last = stored.SequenceNumber;
            }
            Rules.Demand(last == Length, $"the last event is {last}, not {Length}");
        }
        return null;
    }

    public override async Task RunPeerAsync()
    {
        for (var time = 0; time < Times; time++)
        {
            var last = 0L;
            await using var reader = await _peer.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                last = Read(reader).SequenceNumber;
            }
            Rules.Demand(last == Length, $"the last event is {last}, not {Length}");
        }
    }

    private static StoredEvent Read(NpgsqlDataReader reader) =>
        new()
        {
            Id = reader.GetInt64(0),
            EventId = reader.GetString(1),
            EventType = reader.GetString(2),
            AggregateId = reader.GetString(3),
            AggregateType = reader.GetString(4),
            SequenceNumber = reader.GetInt64(5),
            EventData = reader.GetString(6),
            Metadata = reader.IsDBNull(7) ? null : reader.GetString(7),
            TraceId = reader.IsDBNull(8) ? null : reader.GetString(8),
            UserId = reader.IsDBNull(9) ? null : reader.GetString(9),
            Timestamp = DateTimeOffset.Parse(reader.GetString(10), CultureInfo.InvariantCulture),
            Checksum = reader.GetString(11),
        };
}
