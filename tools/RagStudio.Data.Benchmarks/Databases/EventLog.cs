using System.Globalization;

namespace RagStudio.Data.Benchmarks;

/// <summary>A log as several concurrent writers leave it: interleaved events of many aggregates.</summary>
internal static class EventLog
{
    private const int Aggregates = 10_000;

    public static Task WriteAsync(BenchmarkData data, int count)
    {
        KnowledgeBases.Write(data);
        using var connection = data.OpenEvents();
        using var rows = new BulkInsert(connection, "events", [.. EventChecksum.Columns, "checksum"]);
        for (var i = 0; i < count; i++)
        {
            var content = Event(i);
            rows.Add(
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
        return Task.CompletedTask;
    }

    private static EventContent Event(int number) =>
        new()
        {
            EventId = Id("0198c0de-1111-7000-8000-", number),
            EventType = "document.imported",
            AggregateId = Id("0198c0de-2222-7000-8000-", number % Aggregates),
            AggregateType = "knowledge_base",
            SequenceNumber = (number / Aggregates) + 1,
            EventData =
                $$"""{"kb_id":"{{KnowledgeBases.Id(number)}}","document_id":"{{Id("0198c0de-3333-7000-8000-", number)}}","content_hash":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","chunk_count":12,"size_bytes":{{number}}}""",
            Metadata = number % 4 == 0 ? """{"source":"import"}""" : null,
            TraceId = null,
            UserId = "anna",
            Timestamp = Timestamp.Text,
        };

    private static string Id(string prefix, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{number:000000000000}");
}
