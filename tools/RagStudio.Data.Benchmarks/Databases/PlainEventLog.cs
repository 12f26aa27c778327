using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Benchmarks;

/// <summary>
/// Appends the same rows as the event store, with prepared statements on one connection that stays open.
/// </summary>
internal sealed class PlainEventLog : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly PlainStatement _begin;
    private readonly PlainStatement _commit;
    private readonly PlainStatement _version;
    private readonly PlainStatement _insert;

    public PlainEventLog(BenchmarkData data)
    {
        _connection = data.OpenEvents();
        PlainQueries.Execute(
            _connection,
            "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA mmap_size = 134217728"
        );
        _begin = new PlainStatement(_connection, "BEGIN IMMEDIATE");
        _commit = new PlainStatement(_connection, "COMMIT");
        _version = new PlainStatement(
            _connection,
            "SELECT max(sequence_number) FROM events WHERE aggregate_id = $id AND aggregate_type = $type",
            "id",
            "type"
        );
        _insert = PlainStatement.Insert(_connection, "events", [.. EventChecksum.Columns, "checksum"]);
    }

    public void Append(StreamId stream, IReadOnlyList<NewEvent> events)
    {
        _begin.Execute();
        var version = _version.Scalar(stream.AggregateId, stream.AggregateType) as long? ?? 0;
        foreach (var added in events)
        {
            Insert(
                new EventContent
                {
                    EventId = Guid.CreateVersion7().ToString(),
                    EventType = added.EventType,
                    AggregateId = stream.AggregateId,
                    AggregateType = stream.AggregateType,
                    SequenceNumber = ++version,
                    EventData = added.EventData,
                    Metadata = added.Metadata,
                    TraceId = null,
                    UserId = null,
                    Timestamp = UtcTextConverter.Write(DateTimeOffset.UtcNow),
                }
            );
        }
        _commit.Execute();
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _version.Dispose();
        _insert.Dispose();
        _connection.Dispose();
    }

    private void Insert(in EventContent content) =>
        _insert.Execute(
            content.EventId,
            content.EventType,
            content.AggregateId,
            content.AggregateType,
            content.SequenceNumber,
            content.EventData,
            content.Metadata,
            content.TraceId,
            content.UserId,
            content.Timestamp,
            EventChecksum.Compute(content)
        );
}
