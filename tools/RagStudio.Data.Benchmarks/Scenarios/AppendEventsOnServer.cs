using Npgsql;
using NpgsqlTypes;

namespace RagStudio.Data.Benchmarks;

/// <summary>
/// Appends single events on PostgreSQL, compared with prepared statements on one connection that give the same
/// guarantees: the same lock, the same check of the version, a flushed commit.
/// </summary>
internal sealed class AppendEventsOnServer : Scenario
{
    private const int Calls = 500;

    private static readonly NewEvent Added = new(
        "document.imported",
        $$"""{"kb_id":"{{KnowledgeBases.Id(0)}}","chunk_count":1}"""
    );

    private EventStore _store = null!;
    private NpgsqlConnection _peer = null!;
    private NpgsqlCommand _lock = null!;
    private NpgsqlCommand _version = null!;
    private NpgsqlCommand _insert = null!;

    public override string Name => "append-one-server";

    public override string Description =>
        $"{Calls} calls with 1 each, flushed, PostgreSQL; peer: prepared statements with the same lock";

    public override double Target => 1.5;

    /// <summary>A quick run needs no PostgreSQL.</summary>
    public override bool IsLong => true;

    public override async Task PrepareAsync(BenchmarkDatabases databases)
    {
        var server = await databases.ServerAsync();
        _store = (await ServerData.CreateAsync(server)).Get<EventStore>();
        _peer = await (await ServerData.CreateAsync(server)).OpenAsync();
        _lock = await _peer.PrepareAsync("SELECT pg_advisory_xact_lock(1382114131, 2)");
        _version = await _peer.PrepareAsync(
            "SELECT max(sequence_number) FROM events.events WHERE aggregate_id = $1 AND aggregate_type = $2",
            NpgsqlDbType.Text,
            NpgsqlDbType.Text
        );
        _insert = await _peer.PrepareAsync(
            "INSERT INTO events.events (event_id, event_type, aggregate_id, aggregate_type, sequence_number, event_data, timestamp, checksum) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            NpgsqlDbType.Text,
            NpgsqlDbType.Text,
            NpgsqlDbType.Text,
            NpgsqlDbType.Text,
            NpgsqlDbType.Bigint,
            NpgsqlDbType.Json,
            NpgsqlDbType.Text,
            NpgsqlDbType.Text
        );
    }

    public override async Task<double?> RunAsync()
    {
        for (var call = 0; call < Calls; call++)
        {
            await _store.AppendAsync(StreamOf(call), [Added]);
        }
        return null;
    }

    public override async Task RunPeerAsync()
    {
        for (var call = 0; call < Calls; call++)
        {
            await AppendAsync(StreamOf(call));
        }
    }

    private async Task AppendAsync(StreamId stream)
    {
        await using var transaction = await _peer.BeginTransactionAsync();
        await _lock.ExecuteNonQueryAsync();
        var version = await _version.Bind(stream.AggregateId, stream.AggregateType).ExecuteScalarAsync() as long? ?? 0;
        var content = new EventContent
        {
            EventId = Guid.CreateVersion7().ToString(),
            EventType = Added.EventType,
            AggregateId = stream.AggregateId,
            AggregateType = stream.AggregateType,
            SequenceNumber = version + 1,
            EventData = Added.EventData,
            Metadata = null,
            TraceId = null,
            UserId = null,
            Timestamp = UtcTextConverter.Write(DateTimeOffset.UtcNow),
        };
        await _insert
            .Bind(
                content.EventId,
                content.EventType,
                content.AggregateId,
                content.AggregateType,
                content.SequenceNumber,
                content.EventData,
                content.Timestamp,
                EventChecksum.Compute(content)
            )
            .ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    private static StreamId StreamOf(int call) => new("knowledge_base", KnowledgeBases.Id(call));
}
