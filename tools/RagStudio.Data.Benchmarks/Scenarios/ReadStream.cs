using System.Globalization;
using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Benchmarks;

/// <summary>
/// Reads a long stream from the first event to the last, compared with a single query in plain ADO.NET.
/// </summary>
internal sealed class ReadStream : Scenario
{
    private const int Length = 50_000;

    private static readonly StreamId Stream = new("knowledge_base", KnowledgeBases.Id(0));

    private EventStore _store = null!;
    private SqliteConnection _peer = null!;

    public override string Name => "read-stream";

    public override string Description => $"{Length:N0} events; peer: one query of ADO.NET into the same objects";

    public override double Target => 2;

    public override async Task PrepareAsync(BenchmarkDatabases databases)
    {
        var data = await databases.EmptyAsync(Name);
        _store = data.Get<EventStore>();
        var events = Enumerable
            .Range(0, Length)
            .Select(i => new NewEvent(
                "document.imported",
                $$"""{"kb_id":"{{KnowledgeBases.Id(i)}}","chunk_count":{{i}}}"""
            ));
        await _store.AppendAsync(Stream, [.. events]);
        _peer = data.OpenEvents();
    }

    public override async Task<double?> RunAsync()
    {
        var last = 0L;
        await foreach (var stored in _store.ReadAsync(Stream))
        {
            last = stored.SequenceNumber;
        }
        Demand(last);
        return null;
    }

    public override Task RunPeerAsync()
    {
        using var command = _peer.CreateCommand();
        command.CommandText =
            "SELECT id, event_id, event_type, aggregate_id, aggregate_type, sequence_number, event_data, metadata, trace_id, user_id, timestamp, checksum "
            + "FROM events WHERE aggregate_id = $id AND aggregate_type = $type ORDER BY sequence_number";
        command.Parameters.AddWithValue("$id", Stream.AggregateId);
        command.Parameters.AddWithValue("$type", Stream.AggregateType);
        using var reader = command.ExecuteReader();
        var last = 0L;
        while (reader.Read())
        {
            last = Read(reader).SequenceNumber;
        }
        Demand(last);
        return Task.CompletedTask;
    }

    private static StoredEvent Read(SqliteDataReader reader) =>
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

    private static void Demand(long last)
    {
        if (last != Length)
        {
            throw new InvalidOperationException($"The last event is {last}, not {Length}.");
        }
    }
}
